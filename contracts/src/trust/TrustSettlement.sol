// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITrustFund} from "./ICustodyTrust.sol";
import {IProceedsRound} from "./IProceedsRound.sol";
import {DeedCodec} from "./TrustDeed.sol";
import {TrustMoney} from "./TrustMoney.sol";
import {EndReason, FundWord} from "./TrustWords.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title TrustSettlement
/// @notice How property comes into a trust, and where it goes when the trust ends: to the beneficiaries in proportion to
/// their units, to the settlor who revoked it, or back to the settlor when there is no beneficiary (PRC Trust Law arts 54,
/// 55).
abstract contract TrustSettlement is TrustMoney, ITrustFund {
    using DeedCodec for bytes;
    using SafeERC20 for IERC20;

    // ------------------------------------------------------------------------------------------ property comes in

    /// @notice Adds to the fund what the caller gives on the deed's terms; the caller has approved `amount` beforehand.
    function fund(address asset, uint256 amount) external nonReentrant {
        bytes memory args = _args();
        _requireGoingOn();
        if (args.holdsProceeds()) revert HoldsProceeds();
        _requireAsset(args, asset);
        if (amount == 0) revert NothingToPay();
        uint256 owed = asset == args.settlementToken() ? _owedMoney(args, _fund) : _owedShares(asset);
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
        FundWord f = _fund;
        if (f.ended() == EndReason.None) _requireTrustee(args, f.inOffice(), msg.sender);
        uint256 owed = asset == args.settlementToken() ? _owedMoney(args, _fund) : _owedShares(asset);
        uint256 held = _held(asset);
        if (held <= owed) revert NothingToTakeIn(held, owed);
        _received(args, asset, address(0), held - owed);
    }

    /// @inheritdoc ITrustFund
    /// @dev Counts what arrived; while the token's issuer keeps this contract short, what the round says.
    function receiveProceeds(uint256 amount) external {
        if (msg.sender != _round) revert OnlyItsRound(msg.sender, _round);
        bytes memory args = _args();
        address money = args.settlementToken();
        uint256 owed = _owedMoney(args, _fund);
        uint256 held = _held(money);
        bool some = held > owed && held - owed < amount;
        _received(args, money, msg.sender, some ? held - owed : amount);
    }

    /// @notice Has the round pay what it owes the trust although its token's issuer left it short: by a trustee, or after
    /// the end by anyone. Otherwise anyone calls the round's `payProceeds`.
    function collectProceeds() external {
        FundWord f = _fund;
        if (f.ended() == EndReason.None) _requireTrustee(_args(), f.inOffice(), msg.sender);
        if (_round == address(0)) revert HoldsNoProceeds();
        IProceedsRound(_round).payProceeds();
    }

    // ------------------------------------------------------------------------------------------ paying out

    /// @notice Pays the platform its fee on what was released, by anyone; in a shortfall, pro rata, by the recipient alone.
    function payFee() external nonReentrant {
        bytes memory args = _args();
        uint256 fee = _platformFee(args, _fund.released());
        uint256 amount = fee - _paid.toPlatform;
        if (amount == 0) revert NothingToPay();
        uint256 owed = _owedMoney(args, _fund);
        _paid.toPlatform = uint104(fee);
        address recipient = args.feeRecipient();
        uint256 given = _pay(args.settlementToken(), recipient, amount, owed);
        _emit(FeePaid.selector, _topic(recipient), abi.encode(given));
    }

    /// @notice Pays a trustee, or a former one, the fee that has accrued, by anyone; not while a statement is overdue that
    /// somebody in office could attest.
    function payTrusteeFee(address trustee) external nonReentrant {
        bytes memory args = _args();
        uint256 due = _statementDue();
        FundWord f = _fund;
        if (f.inOffice() != 0 && due != 0 && block.timestamp >= due) revert StatementOverdue(due, block.timestamp);
        uint256 seat = _seatOf(args, f.inOffice(), trustee);
        if (seat != MOST_SEATS && f.ended() == EndReason.None) _accrue(args, seat, trustee);
        uint256 amount = _feeCredits[trustee];
        if (amount == 0) revert NothingToPay();
        address wallet = _current(trustee);
        _requirePushable(wallet);
        uint256 owed = _owedMoney(args, _fund);
        delete _feeCredits[trustee];
        _trusteeFees.credited -= uint104(amount);
        _paid.toOthers += uint104(amount);
        uint256 given = _pay(args.settlementToken(), wallet, amount, owed);
        _emit(TrusteeFeePaid.selector, _topic(trustee), abi.encode(given));
    }

    /// @notice Pays a beneficiary what is left for it after the end, by anyone, to the beneficiary's wallet; in a shortfall,
    /// pro rata, by that wallet alone. Nobody waits for anybody.
    /// @param beneficiary the identity of a person with an allotment in the round; otherwise a wallet, in the low 20 bytes
    function claim(bytes32 beneficiary, address asset) external nonReentrant {
        bytes memory args = _args();
        if (_fund.ended() == EndReason.None) revert TrustGoesOn();
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

    /// @dev The settlor alone after a revocation, and when a round left no beneficiary; those listed in the deed; or those
    /// outside the issuer to whom the round allotted shares (everyone, when there is nobody outside).
    function _entitlement(bytes memory args, bytes32 beneficiary)
        private
        view
        returns (address wallet, uint256 units, uint256 total)
    {
        wallet = address(uint160(uint256(beneficiary)));
        if (_fund.ended() != EndReason.Revoked) {
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
        IProceedsRound.Status status = bound.status();
        if (uint256(status) < uint256(IProceedsRound.Status.Settled)) revert RoundNotSettled(address(bound), status);
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
        uint256 owed = _owedMoney(args, _fund);
        _interests[beneficiary].moneyClaimed = uint104(claimed + amount);
        _paid.toOthers += uint104(amount);
        return _pay(asset, wallet, amount, owed);
    }

    /// @dev A part of what is here, by the units that have not taken theirs: whole shares come out even, and a split in
    /// between makes no difference.
    function _claimShares(address asset, bytes32 beneficiary, address wallet) private returns (uint256 amount) {
        amount = _held(asset);
        if (_fund.ended() != EndReason.Revoked) {
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
