// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Conserved, Position} from "../settlement/Conserved.sol";
import {TrustAccounts} from "./TrustAccounts.sol";
import {DeedCodec} from "./TrustDeed.sol";
import {EndReason, FundWord} from "./TrustWords.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title TrustMoney
/// @notice How a trust counts what it holds and owes, and pays.
abstract contract TrustMoney is TrustAccounts, ReentrancyGuardTransient, Conserved {
    using DeedCodec for bytes;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @inheritdoc Conserved
    /// @dev Whatever shares are here after the end belong to those entitled.
    function conserved() external view returns (Position[] memory positions) {
        bytes memory args = _args();
        address money = args.settlementToken();
        address class = args.shareClass();
        positions = new Position[](money == address(0) || class == address(0) ? 1 : 2);
        if (money != address(0)) positions[0] = _position(money, _owedMoney(args, _fund));
        if (class != address(0)) positions[positions.length - 1] = _position(class, _owedShares(class));
    }

    function _position(address asset, uint256 owed) private view returns (Position memory) {
        uint256 held = _held(asset);
        return Position(asset, held, owed, held > owed ? held - owed : 0);
    }

    function _held(address asset) internal view returns (uint256) {
        return IERC20(asset).balanceOf(address(this));
    }

    // ------------------------------------------------------------------------------------------ what is owed

    function _owedShares(address class) internal view returns (uint256) {
        if (_fund.ended() != EndReason.None) return _shares.unitsLeft == 0 ? 0 : _held(class);
        return _shares.received - _shares.released;
    }

    // ------------------------------------------------------------------------------------------ receiving

    function _received(bytes memory args, address asset, address from, uint256 amount) internal {
        uint256 total;
        if (asset == args.settlementToken()) {
            FundWord f = _fund;
            total = (f.received() + amount).toUint104();
            _fund = f.addReceived(amount);
            if (_tenure.fundedAt == 0) _tenure.fundedAt = uint40(block.timestamp);
        } else {
            total = _shares.received + amount;
            _shares.received = total.toUint64();
        }
        _emit(FundReceived.selector, _topic(asset), _topic(from), abi.encode(amount, total));
    }

    function _requireAsset(bytes memory args, address asset) internal pure {
        if (asset == address(0) || (asset != args.settlementToken() && asset != args.shareClass())) {
            revert AssetNotHeld(asset);
        }
    }

    // ------------------------------------------------------------------------------------------ paying

    /// @dev Pays in full, or pro rata when the token's issuer took money away from this contract. Less than is owed is
    /// taken by its owner alone: others could otherwise make a passing shortfall final.
    function _pay(address asset, address to, uint256 amount, uint256 owed) internal returns (uint256) {
        return _payOf(_held(asset), owed, asset, to, amount);
    }

    /// @param held of `asset`, which is asked for once
    function _payOf(uint256 held, uint256 owed, address asset, address to, uint256 amount)
        internal
        returns (uint256 given)
    {
        given = amount;
        if (held < owed) {
            if (msg.sender != to) revert ShortfallNotAccepted(msg.sender, to, held, owed);
            given = Math.mulDiv(amount, held, owed);
            _emit(Shortfall.selector, abi.encode(held, owed));
        }
        IERC20(asset).safeTransfer(to, given);
    }

    /// @dev What others push to a wallet would be lost with its key: they wait for a recovery to end and to arrive here.
    /// What the wallet itself asks for waits for nothing.
    function _requirePushable(address wallet) internal view {
        if (msg.sender == wallet) return;
        bytes32 identity = REGISTRY.identityOf(wallet);
        if (identity == 0) {
            address successor = REGISTRY.successorOf(wallet);
            if (successor != address(0)) revert WalletWasSucceeded(wallet, successor);
        } else if (REGISTRY.recoveryAnnounced(identity)) {
            revert RecoveryPending(identity);
        }
    }
}
