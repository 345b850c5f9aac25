// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {DeedRules} from "./DeedRules.sol";
import {ITrustBooks} from "./ICustodyTrust.sol";
import {TrustAccounts} from "./TrustAccounts.sol";
import {Deed, DeedCodec, DeedTerms, TrustOrigin} from "./TrustDeed.sol";
import {TrustRecords} from "./TrustRecords.sol";
import {DisbursementWord, EndReason, FundWord} from "./TrustWords.sol";

/// @title TrustBooks
/// @notice What anyone may read in a trust: its deed, its records, what its trustees have earned.
/// @dev The third part of a trust, which changes nothing; see `CustodyTrust`.
contract TrustBooks is TrustAccounts, ITrustBooks {
    using DeedCodec for bytes;

    constructor(IInvestorRegistry registry_) TrustRecords(registry_) {}

    /// @notice Reverts with the fault unless a trust may be opened now on the deed that is packed in `args`.
    function requireDeed(bytes calldata args) external view {
        DeedRules.requireDeed(args);
    }

    function deed() external view returns (Deed memory, TrustOrigin memory) {
        return DeedCodec.unpack(_args());
    }

    /// @inheritdoc ITrustBooks
    function round() external view returns (address) {
        return _round;
    }

    /// @inheritdoc ITrustBooks
    function settlementToken() external view returns (address) {
        return _args().settlementToken();
    }

    /// @inheritdoc ITrustBooks
    function settlor() external view returns (address) {
        return _args().settlor();
    }

    /// @inheritdoc ITrustBooks
    function shareClass() external view returns (address) {
        return _args().shareClass();
    }

    /// @inheritdoc ITrustBooks
    function persons() external view returns (uint256) {
        return _args().beneficiaryCount();
    }

    /// @inheritdoc ITrustBooks
    function voteTerms()
        external
        view
        returns (uint16 openingBps, uint16 quorumBps, uint16 majorityBps, uint40 duration)
    {
        DeedTerms memory t = DeedCodec.terms(_args());
        return (t.voteOpeningBps, t.voteQuorumBps, t.voteMajorityBps, t.voteDuration);
    }

    // ------------------------------------------------------------------------------------------ records

    function fundOf() external view returns (Fund memory, Shares memory) {
        FundWord f = _fund;
        return (Fund(uint104(f.received()), uint104(f.released()), uint40(f.inOffice()), f.ended()), _shares);
    }

    function paid() external view returns (Paid memory, TrusteeFees memory) {
        return (_paid, _trusteeFees);
    }

    function tenure() external view returns (Tenure memory) {
        return _tenure;
    }

    /// @notice The last attempt at a tranche, and its number: 256 times the attempt, plus the tranche.
    function disbursementOf(uint256 tranche) external view returns (uint256 disbursement, Disbursement memory) {
        DisbursementWord d = _disbursements[tranche];
        return (
            d.attempt() << 8 | tranche,
            Disbursement({
                amount: uint104(d.amount()),
                approvals: uint40(d.approvals()),
                rejections: uint40(d.rejections()),
                approvedAt: uint40(d.approvedAt()),
                attempt: uint16(d.attempt()),
                status: d.status()
            })
        );
    }

    function interestOf(bytes32 beneficiary) external view returns (Interest memory) {
        return _interests[beneficiary];
    }

    /// @notice The trustees in office, in the order of their seats.
    function trustees() external view returns (address[] memory list) {
        bytes memory args = _args();
        uint256 inOffice = _fund.inOffice();
        list = new address[](_count(inOffice));
        uint256 place = 0;
        for (uint256 seat = 0; place < list.length; ++seat) {
            if (inOffice >> seat & 1 != 0) list[place++] = _trusteeIn(args, seat);
        }
    }

    /// @notice What `payTrusteeFee` would pay now, were no statement overdue.
    function trusteeFeeOf(address trustee) external view returns (uint256) {
        bytes memory args = _args();
        FundWord f = _fund;
        uint256 seat = _seatOf(args, f.inOffice(), trustee);
        uint256 accrued = seat == MOST_SEATS || f.ended() != EndReason.None ? 0 : _accrued(args, seat);
        return _feeCredits[trustee] + accrued;
    }

    /// @notice First second, UTC, at which the next statement is overdue; zero once the last one was attested.
    function statementDue() external view returns (uint256) {
        return _statementDue();
    }

    /// @notice When a removal ordered by a court may be executed; zero when none was announced.
    function removalOrderOf(address trustee) external view returns (uint256 executableFrom) {
        return _removalOrders[trustee];
    }

    // ------------------------------------------------------------------------------------------ motions

    /// @inheritdoc ITrustBooks
    function removalMotion(address trustee) external view returns (bytes32) {
        return _removalMotion(trustee);
    }

    /// @inheritdoc ITrustBooks
    function appointmentMotion(address nominee) external view returns (bytes32) {
        return _appointmentMotion(nominee);
    }

    /// @inheritdoc ITrustBooks
    function vetoMotion(uint256 disbursement) external view returns (bytes32) {
        return _vetoMotion(disbursement);
    }

    /// @notice keccak256(abi.encode("end", trust)), where beneficiaries are listed in the deed.
    function endMotion() external view returns (bytes32) {
        return _endMotion();
    }

    /// @notice The vote that the Directory opened last on a motion; zero when there was none, or it has been carried out.
    function voteOn(bytes32 motion) external view returns (address) {
        return _votes[motion];
    }

    function isSupportedBy(bytes32 motion, address supporter) external view returns (bool) {
        return _supports[motion][supporter];
    }
}
