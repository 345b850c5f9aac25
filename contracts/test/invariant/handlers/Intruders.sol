// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../../../src/identity/InvestmentLimits.sol";
import {InstanceAddress, InstanceId} from "../../../src/ledger/InstanceAddress.sol";
import {FundingRound} from "../../../src/round/FundingRound.sol";
import {RoundCommitments} from "../../../src/round/RoundCommitments.sol";
import {RoundOrigin, RoundTerms, RoundTermsCodec} from "../../../src/round/RoundTerms.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {Actors, Scene} from "./Actors.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Everyone else, the company and the platform included, reaching for what is not theirs. None may succeed.
contract Intruders is Actors {
    error Succeeded(address by, address target, bytes call);

    constructor(Scene memory scene_) Actors(scene_) {}

    function reach(uint256 kind, uint256 who, uint256 whose, uint256 amount) external {
        kind %= 7;
        if (kind == 0) _takesMoney(who, amount);
        else if (kind == 1) _takesShares(who, whose, amount);
        else if (kind == 2) _issuesShares(who, uint64(amount));
        else if (kind == 3) _countsLimits(who, amount);
        else if (kind == 4) _cancelsForAnother(who, whose);
        else if (kind == 5) _opensAgain(who);
        else _forgesARound(who, uint64(amount));
    }

    function _takesMoney(uint256 who, uint256 amount) private {
        amount = bound(amount, 1, type(uint128).max);
        address by = _someone(who);
        _fails(by, address(scene.dollar), abi.encodeCall(IERC20.transferFrom, (address(scene.round), by, amount)));
    }

    function _takesShares(uint256 who, uint256 from, uint256 amount) private {
        amount = bound(amount, 1, type(uint128).max);
        address by = _someone(who);
        _fails(by, address(scene.share), abi.encodeCall(IERC20.transferFrom, (investor(from), by, amount)));
    }

    function _issuesShares(uint256 who, uint64 shares) private {
        address by = _someone(who);
        _fails(by, address(scene.share), abi.encodeCall(ShareToken.issue, (identityOf(investor(who)), shares, 0)));
        _fails(by, address(scene.share), abi.encodeCall(ShareToken.reserve, (by, shares)));
        attempt(by, address(scene.share), abi.encodeCall(ShareToken.releaseReservation, ()));
    }

    function _countsLimits(uint256 who, uint256 amount) private {
        address by = _someone(who);
        bytes32 identity = identityOf(investor(amount));
        address limits = address(scene.limits);
        bytes32 regime = "US-REG-CF";
        uint48 number = scene.directory.listing(address(scene.round)).number;
        InstanceId id = InstanceAddress.idOf(address(scene.directory), number);
        _fails(by, limits, abi.encodeCall(InvestmentLimits.admit, (number, identity, regime, "USD", amount, amount)));
        _fails(by, limits, abi.encodeCall(InvestmentLimits.consume, (id, identity, regime, "USD", amount, amount)));
        _fails(by, limits, abi.encodeCall(InvestmentLimits.release, (id, identity, regime, "USD", 1, amount)));
    }

    function _cancelsForAnother(uint256 who, uint256 whose) private {
        bytes32 identity = identityOf(investor(whose));
        _fails(_someone(who), address(scene.round), abi.encodeCall(RoundCommitments.cancel, (identity, 0)));
    }

    function _opensAgain(uint256 who) private {
        _fails(_someone(who), address(scene.round), abi.encodeCall(FundingRound.open, ()));
        _fails(_someone(who), address(scene.share), abi.encodeCall(ShareToken.open, ()));
    }

    /// @dev A clone of the real template with the real terms, that the Directory did not open.
    function _forgesARound(uint256 who, uint64 shares) private {
        (RoundTerms memory terms, RoundOrigin memory origin) = scene.round.terms();
        uint48 number = scene.directory.listing(address(scene.round)).number;
        bytes memory args = RoundTermsCodec.pack(terms, origin, number);
        address forged = Clones.cloneWithImmutableArgs(scene.directory.roundTemplate(), args);
        address wallet = investor(who);
        _fails(wallet, forged, abi.encodeCall(RoundCommitments.commit, (uint64(bound(shares, 1, 250)), 1, false)));
        attempt(scene.outsider, forged, abi.encodeCall(FundingRound.open, ()));
    }

    function _someone(uint256 who) private view returns (address) {
        address[6] memory others =
            [scene.outsider, scene.issuer, scene.platform, scene.operator, scene.guardian, scene.registrar];
        return others[who % 6];
    }

    function _fails(address by, address target, bytes memory call) private {
        if (attempt(by, target, call)) revert Succeeded(by, target, call);
    }
}
