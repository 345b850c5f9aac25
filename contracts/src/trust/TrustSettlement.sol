// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICustodyTrust} from "./ICustodyTrust.sol";
import {IProceedsRound} from "./IProceedsRound.sol";
import {DeedCodec} from "./TrustDeed.sol";
import {TrustOffices} from "./TrustOffices.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title TrustSettlement
/// @notice How property comes into a trust, and where it goes when the trust ends: to the beneficiaries in proportion to
/// their units, to the settlor who revoked it, or back to the settlor when there is no beneficiary (PRC Trust Law arts 54,
/// 55).
abstract contract TrustSettlement is TrustOffices {
    using DeedCodec for bytes;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    // ------------------------------------------------------------------------------------------ property comes in

    /// @notice Adds to the fund what the caller gives on the deed's terms; the caller has approved `amount` beforehand.
    function fund(address asset, uint256 amount) external nonReentrant {
        bytes memory args = _args();
        _requireGoingOn();
        if (args.holdsProceeds()) revert HoldsProceeds();
        _requireAsset(args, asset);
        if (amount == 0) revert NothingToPay();
        uint256 owed = asset == args.settlementToken() ? _owedMoney(args) : _owedShares(asset);
        uint256 held = _held(asset);
        if (held < owed) revert HoldsLessThanItOwes(held, owed);
        IERC20(asset).safeTransferFrom(msg.sender, address(this), amount);
        uint256 arrived = _held(asset) - held;
        if (arrived != amount) revert WrongAmountReceived(arrived, amount);
        _received(args, asset, msg.sender, amount);
    }

    /// @notice Makes part of the fund what came without being asked for, such as a distribution on shares held here (PRC
    /// Trust Law art. 14): by a trustee, or after the end by anyone.
    function takeIn(address asset) external nonReentrant {
        bytes memory args = _args();
        _requireAsset(args, asset);
        if (_fund.ended == EndReason.None) _requireTrustee(args, _fund.inOffice, msg.sender);
        uint256 owed = asset == args.settlementToken() ? _owedMoney(args) : _owedShares(asset);
        uint256 held = _held(asset);
        if (held <= owed) revert NothingToTakeIn(held, owed);
        _received(args, asset, address(0), held - owed);
    }

    /// @inheritdoc ICustodyTrust
    /// @dev Counts what arrived; while the token's issuer keeps this contract short, what the round says.
    function receiveProceeds(uint256 amount) external {
        if (msg.sender != _round) revert OnlyItsRound(msg.sender, _round);
        bytes memory args = _args();
        address money = args.settlementToken();
        uint256 owed = _owedMoney(args);
        uint256 held = _held(money);
        bool some = held > owed && held - owed < amount;
        _received(args, money, msg.sender, some ? held - owed : amount);
    }

    /// @notice Has the round pay what it owes the trust although its token's issuer left it short: by a trustee, or after
    /// the end by anyone. Otherwise anyone calls the round's `payProceeds`.
    function collectProceeds() external {
        if (_fund.ended == EndReason.None) _requireTrustee(_args(), _fund.inOffice, msg.sender);
        if (_round == address(0)) revert HoldsNoProceeds();
        IProceedsRound(_round).payProceeds();
    }

    // ------------------------------------------------------------------------------------------ interests

    /// @notice Hands `units` of the caller's interest to another; of a trust that holds shares all of them, so that no more
    /// persons hold through it than the class counts.
    function assign(address to, uint64 units) external {
        bytes memory args = _args();
        _requireGoingOn();
        if (args.isSpendthrift() || args.holdsProceeds() || to == address(0) || to == msg.sender) {
            revert UnitsNotAssignable();
        }
        uint64 held = _interests[_key(msg.sender)].units;
        bool split = units != held && args.shareClass() != address(0);
        if (units == 0 || units > held || split) revert NotEnoughUnits(held, units);
        if (_seatOf(args, _fund.inOffice, to) != MOST_SEATS) revert OfficeClosedTo(to);
        _interests[_key(msg.sender)].units = held - units;
        _interests[_key(msg.sender)].unitsForShares = held - units;
        Interest storage receiving = _interests[_key(to)];
        receiving.units += units;
        receiving.unitsForShares += units;
        _emit(UnitsAssigned.selector, _topic(msg.sender), _topic(to), abi.encode(units));
    }

    /// @notice Moves the interest of a listed beneficiary's wallet to the one that came after it, by anyone.
    function moveInterest(address wallet) external {
        Interest memory moving = _interests[_key(wallet)];
        if (moving.units == 0) revert NotABeneficiary(wallet);
        address successor = _successorOf(wallet);
        delete _interests[_key(wallet)];
        Interest storage receiving = _interests[_key(successor)];
        receiving.units += moving.units;
        receiving.unitsForShares += moving.unitsForShares;
        receiving.moneyClaimed += moving.moneyClaimed;
        _emit(InterestMoved.selector, _topic(wallet), _topic(successor), abi.encode(moving.units));
    }

    /// @notice Has what a recipient of the plan, the settlor or a former trustee receives paid to the wallet that came after
    /// theirs, by anyone.
    /// @param recipient as the deed names them
    function moveRecipient(address recipient) external {
        bytes memory args = _args();
        uint256 count = args.trancheCount();
        bool named = recipient == args.settlor() || _feeCredits[recipient] != 0;
        for (uint256 number = 1; number <= count && !named; ++number) {
            named = args.trancheAt(number).recipient == recipient;
        }
        if (!named) revert NotABeneficiary(recipient);
        address successor = _successorOf(_current(recipient));
        _movedRecipients[recipient] = successor;
        _emit(RecipientMoved.selector, _topic(recipient), _topic(successor), "");
    }

    // ------------------------------------------------------------------------------------------ the end

    /// @notice A trustee wants the trust to end, or no longer; it ends once more than half of all seats do.
    function terminate(bool supported) external {
        bytes memory args = _args();
        _requireGoingOn();
        uint256 inOffice = _fund.inOffice;
        uint256 seat = _requireTrustee(args, inOffice, msg.sender);
        uint40 terminating = _tenure.terminating;
        if ((terminating >> seat & 1 != 0) == supported) revert NothingChanged();
        terminating ^= uint40(1 << seat);
        _tenure.terminating = terminating;
        uint256 supporters = _count(terminating & inOffice);
        _emit(TerminationSupported.selector, _topic(msg.sender), abi.encode(supported, supporters));
        if (supporters * 2 > args.trusteeCount()) _end(args, EndReason.TrusteesDecided);
    }

    /// @notice The settlor of a revocable trust takes back what is left.
    function revoke() external {
        bytes memory args = _args();
        _requireGoingOn();
        if (!args.isRevocable()) revert NotRevocable();
        if (msg.sender != args.settlor()) revert NotTheSettlor(msg.sender, args.settlor());
        _end(args, EndReason.Revoked);
    }

    /// @notice Ends a trust whose settlor and all of whose beneficiaries want it to end.
    /// @param supporters the beneficiaries, in ascending order of address
    function endByBeneficiaries(address[] calldata supporters) external {
        bytes memory args = _args();
        _requireGoingOn();
        if (args.holdsProceeds()) revert HoldsProceeds();
        bytes32 motion = endMotion();
        if (!_supports[motion][args.settlor()]) revert MotionNotCarried(motion, 0, _totalUnits(args));
        _carryOut(args, motion, supporters, BPS);
        _end(args, EndReason.BeneficiariesDecided);
    }

    /// @notice Ends the trust, by anyone: from the long stop on; after too long a vacancy; once the plan is carried out; or
    /// when the round whose proceeds it was to hold came to nothing.
    function end() external {
        bytes memory args = _args();
        _requireGoingOn();
        uint256 vacantSince = _tenure.vacantSince;
        if (block.timestamp >= args.longStop()) {
            _end(args, EndReason.LongStop);
        } else if (vacantSince != 0 && block.timestamp >= vacantSince + args.vacancyPeriod()) {
            _end(args, EndReason.TooFewTrustees);
        } else if (_planIsCompleted(args)) {
            _end(args, EndReason.PlanCompleted);
        } else if (_roundCameToNothing()) {
            _end(args, EndReason.RoundFailed);
        } else {
            revert NothingEndsIt();
        }
    }

    // ------------------------------------------------------------------------------------------ paying out

    /// @notice Pays the platform its fee on what was released, by anyone; in a shortfall, pro rata, by the recipient alone.
    function payFee() external nonReentrant {
        bytes memory args = _args();
        uint256 fee = _platformFee(args, _fund.released);
        uint256 amount = fee - _paid.toPlatform;
        if (amount == 0) revert NothingToPay();
        uint256 owed = _owedMoney(args);
        _paid.toPlatform = uint104(fee);
        address recipient = args.feeRecipient();
        uint256 given = _pay(args.settlementToken(), recipient, amount, owed);
        _emit(FeePaid.selector, _topic(recipient), abi.encode(given));
    }

    /// @notice Pays a beneficiary what is left for it after the end, by anyone, to the beneficiary's wallet; in a shortfall,
    /// pro rata, by that wallet alone. Nobody waits for anybody.
    /// @param beneficiary the identity of a person with an allotment in the round; otherwise a wallet, in the low 20 bytes
    function claim(bytes32 beneficiary, address asset) external nonReentrant {
        bytes memory args = _args();
        if (_fund.ended == EndReason.None) revert TrustGoesOn();
        _requireAsset(args, asset);
        (address wallet, uint256 units, uint256 total) = _entitlement(args, beneficiary);
        if (units == 0) revert NothingToPay();
        _requireClaimable(beneficiary, wallet);
        uint256 given = asset == args.settlementToken()
            ? _claimMoney(args, asset, beneficiary, wallet, units, total)
            : _claimShares(asset, beneficiary, wallet);
        _emit(InterestPaid.selector, beneficiary, _topic(wallet), _topic(asset), abi.encode(given));
    }

    /// @notice What is left after the end for a beneficiary, in units and of how many, and the wallet that it goes to.
    function entitlementOf(bytes32 beneficiary) external view returns (address wallet, uint256 units, uint256 total) {
        return _entitlement(_args(), beneficiary);
    }

    // ------------------------------------------------------------------------------------------ inside

    function _successorOf(address wallet) private view returns (address successor) {
        successor = REGISTRY.successorOf(wallet);
        if (successor == address(0)) revert NoSuccessor(wallet);
    }

    function _planIsCompleted(bytes memory args) private view returns (bool) {
        uint256 count = args.trancheCount();
        for (uint256 number = 1; number <= count; ++number) {
            if (_disbursements[number].status != DisbursementStatus.Executed) return false;
        }
        return count > 0;
    }

    function _roundCameToNothing() private view returns (bool) {
        if (_round == address(0)) return false;
        IProceedsRound.Status status = IProceedsRound(_round).status();
        return status == IProceedsRound.Status.Failed || status == IProceedsRound.Status.Cancelled;
    }

    /// @dev Credits the trustees with what accrued until now; the rest of what was set aside for them is left to those
    /// entitled.
    function _end(bytes memory args, EndReason reason) internal {
        uint256 inOffice = _fund.inOffice;
        for (uint256 seat = 0; inOffice >> seat != 0; ++seat) {
            if (inOffice >> seat & 1 != 0) _accrue(args, seat, _trusteeIn(args, seat));
        }
        _trusteeFees.total = _trusteeFees.credited + _paid.toOthers;
        _fund.ended = reason;
        _tenure.endedAt = uint40(block.timestamp);
        bool toSettlor = reason == EndReason.Revoked || args.holdsProceeds();
        _shares.unitsLeft = toSettlor ? 1 : uint64(_totalUnits(args));
        _emit(TrustEnded.selector, abi.encode(reason, _remainder(), _shares.received - _shares.released));
    }

    /// @dev The settlor alone after a revocation, and when a round left no beneficiary; those listed in the deed; or those
    /// outside the issuer to whom the round allotted shares (everyone, when there is nobody outside).
    function _entitlement(bytes memory args, bytes32 beneficiary)
        private
        view
        returns (address wallet, uint256 units, uint256 total)
    {
        wallet = address(uint160(uint256(beneficiary)));
        if (_fund.ended != EndReason.Revoked) {
            if (!args.holdsProceeds()) return (wallet, _interests[beneficiary].units, _totalUnits(args));
            (wallet, units, total) = _allotment(beneficiary);
            if (total != 0) return (wallet, units, total);
        }
        address settlor = args.settlor();
        return (_current(settlor), beneficiary == _key(settlor) ? 1 : 0, 1);
    }

    /// @dev The total is zero when the round left no beneficiary.
    function _allotment(bytes32 identity) private view returns (address wallet, uint256 units, uint256 total) {
        IProceedsRound bound = IProceedsRound(_round);
        if (address(bound) == address(0)) return (address(0), 0, 0);
        if (uint256(bound.status()) < uint256(IProceedsRound.Status.Settled)) revert RoundNotSettled(address(bound));
        total = bound.outsideShares();
        bool outsiders = total != 0;
        if (!outsiders) total = bound.soldShares();
        bool outside;
        (wallet, units, outside) = bound.allotmentOf(identity);
        if (outsiders && !outside) units = 0;
    }

    /// @dev Whoever holds an allotment is paid where the registry has them act now.
    function _requireClaimable(bytes32 beneficiary, address wallet) private view {
        if (uint256(beneficiary) >> 160 == 0) return _requirePushable(wallet);
        if (msg.sender == wallet) return;
        if (REGISTRY.recoveryAnnounced(beneficiary) || REGISTRY.currentWalletOf(beneficiary) != wallet) {
            revert RecoveryPending(beneficiary);
        }
    }

    /// @dev The floor of all that there ever was, less what was paid: money that comes late finds everyone.
    function _claimMoney(
        bytes memory args,
        address asset,
        bytes32 beneficiary,
        address wallet,
        uint256 units,
        uint256 total
    ) private returns (uint256) {
        uint256 claimed = _interests[beneficiary].moneyClaimed;
        uint256 amount = _remainder() * units / total - claimed;
        if (amount == 0) revert NothingToPay();
        uint256 owed = _owedMoney(args);
        _interests[beneficiary].moneyClaimed = uint104(claimed + amount);
        _paid.toOthers += uint104(amount);
        return _pay(asset, wallet, amount, owed);
    }

    /// @dev A part of what is here, by the units that have not taken theirs: whole shares come out even, and a split in
    /// between makes no difference.
    function _claimShares(address asset, bytes32 beneficiary, address wallet) private returns (uint256 amount) {
        amount = _held(asset);
        if (_fund.ended != EndReason.Revoked) {
            uint256 left = _shares.unitsLeft;
            uint256 units = _interests[beneficiary].unitsForShares;
            if (units == 0) revert NothingToPay();
            amount = amount * units / left;
            _shares.unitsLeft = uint64(left - units);
            _interests[beneficiary].unitsForShares = 0;
        }
        IERC20(asset).safeTransfer(wallet, amount);
    }
}
