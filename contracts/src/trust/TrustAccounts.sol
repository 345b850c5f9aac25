// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CivilDate} from "../ledger/CivilDate.sol";
import {DeedCodec} from "./TrustDeed.sol";
import {TrustRecords} from "./TrustRecords.sol";
import {FundWord} from "./TrustWords.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title TrustAccounts
/// @notice What a trust owes, and what its trustees earn.
abstract contract TrustAccounts is TrustRecords {
    using DeedCodec for bytes;
    using SafeCast for uint256;

    /// @dev First second, UTC, at which the next statement is overdue; zero once the last one was attested.
    function _statementDue() internal view returns (uint256) {
        Tenure memory t = _tenure;
        if (t.endedAt == 0) return CivilDate.oneYearAfter(t.accountsUntil);
        return t.accountsUntil < t.endedAt ? t.endedAt : 0;
    }

    /// @dev All money that ought to be here: what came in, less what was paid to anyone.
    function _owedMoney(bytes memory args, FundWord f) internal view returns (uint256) {
        return f.received() - f.released() + _platformFee(args, f.released()) - _paidOut();
    }

    /// @dev To the platform, to trustees, and after the end to those entitled.
    function _paidOut() internal view returns (uint256) {
        Paid memory paidOut = _paid;
        return uint256(paidOut.toPlatform) + paidOut.toOthers;
    }

    /// @dev The floor over everything released, so that it does not depend on how releases are cut.
    function _platformFee(bytes memory args, uint256 released) internal pure returns (uint256) {
        return released * args.platformFeeBps() / BPS;
    }

    /// @dev What is set aside for the trustees out of all that came in.
    function _trusteeReserve(bytes memory args, uint256 received) internal pure returns (uint256) {
        return received * args.trusteeFeeBps() / BPS;
    }

    /// @dev After the end: what those entitled share, what they were paid already included.
    function _remainder() internal view returns (uint256) {
        FundWord f = _fund;
        return f.received() - f.released() - _trusteeFees.total;
    }

    /// @dev Credits what accrued on a seat since the last time.
    function _accrue(bytes memory args, uint256 seat, address trustee) internal {
        uint256 amount = _accrued(args, seat);
        if (amount == 0) return;
        _seats[seat] = Seat(trustee, uint40(block.timestamp));
        _feeCredits[trustee] += amount;
        _trusteeFees.credited += amount.toUint104();
        _emit(TrusteeFeeAccrued.selector, _topic(trustee), abi.encode(amount));
    }

    /// @dev An equal part of the reserve for each seat, evenly over the time from the first money to the long stop; the
    /// intervals of one seat do not overlap, so all seats together never earn more than the reserve.
    function _accrued(bytes memory args, uint256 seat) internal view returns (uint256) {
        uint256 reserve = _trusteeReserve(args, _fund.received());
        uint256 start = _tenure.fundedAt;
        uint256 end = args.longStop();
        if (reserve == 0 || start >= end) return 0;
        uint256 from = Math.max(start, _seats[seat].feeFrom);
        uint256 until = Math.min(block.timestamp, end);
        return from >= until ? 0 : reserve * (until - from) / ((end - start) * args.trusteeCount());
    }
}
