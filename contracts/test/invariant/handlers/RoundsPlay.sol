// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {Platform} from "../../../src/ledger/Platform.sol";
import {Commitment} from "../../../src/round/Commitments.sol";
import {FundingRound} from "../../../src/round/FundingRound.sol";
import {RoundCommitments} from "../../../src/round/RoundCommitments.sol";
import {RoundSettlement} from "../../../src/round/RoundSettlement.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {RoundsCompany} from "./RoundsCompany.sol";
import {Sale} from "./RoundsWorld.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title RoundsPlay
/// @notice Everyone else who can touch a round, set free: guardian, registrar, operator, second party, the issuer of a
/// settlement token, and those who reach for what is not theirs.
contract RoundsPlay is RoundsCompany {
    uint256 private constant MOST_WALLETS = 24;

    error LockedIn();

    constructor() {
        setUp();
    }

    // ------------------------------------------------------------------------------------------ roles

    function guard(uint256 which, uint256 kind) external {
        uint256 r = _sale(which);
        address by = kind % 16 == 15 ? anyone(kind >> 8) : guardian;
        bytes memory call = kind % 64 == 0
            ? abi.encodeCall(FundingRound.cancelRound, ("collusion"))
            : abi.encodeCall(FundingRound.pauseCommits, (kind % 8 == 1));
        if (!does(by, address(sales[r].round), call)) return;
        if (by != guardian) revert Succeeded(by, address(sales[r].round), call);
        _observe(r);
    }

    /// @dev Attests anew, in any category and for any time, or revokes; mostly one who has money in a round.
    function register(uint256 which, uint256 who, uint256 kind, uint256 lasting) external {
        uint256 i = _staker(_sale(which), who);
        kind %= 8;
        if (kind < 3) {
            does(registrar, address(registry), abi.encodeCall(InvestorRegistry.revoke, (persons[i], "collusion")));
        } else if (kind < 5) {
            bytes32 key = directory.issuerKey(companyId);
            bytes memory call =
                abi.encodeCall(InvestorRegistry.attestAffiliate, (persons[i], key, lasting % 2 == 0, "Form ID"));
            does(registrar, address(registry), call);
        } else {
            Category category = Category(1 + lasting % 6);
            uint256 time = kind == 5 ? bound(lasting, 1, 30 days) : bound(lasting, 1, 900 days);
            attestAs(i, walletOf(i), category, block.timestamp + time);
        }
    }

    function list(bool back) external {
        bytes memory call = back
            ? abi.encodeCall(Platform.listSettlementToken, (address(hostile), USD))
            : abi.encodeCall(Platform.delistSettlementToken, (address(hostile)));
        does(operator, address(directory), call);
    }

    // ------------------------------------------------------------------------------------------ recoveries

    function recover(uint256 which, uint256 who, uint256 kind) external {
        bytes32 identity = persons[_staker(_sale(which), who)];
        if (kind % 8 < 2) {
            if (everyone.length >= MOST_WALLETS) return;
            (address next, uint256 key) = makeAddrAndKey(string.concat("wallet ", vm.toString(everyone.length)));
            bytes memory call =
                abi.encodeCall(Recovery.announceWallet, (Recovery.Kind.LostKey, identity, next, DOCUMENT));
            if (!_announces(identity, call)) return;
            keyOf[next] = key;
            everyone.push(next);
        } else if (kind % 8 == 2) {
            bytes32 heir = persons[(kind >> 8) % PERSONS];
            _announces(
                identity, abi.encodeCall(Recovery.announceHeir, (Recovery.Kind.Inheritance, identity, heir, DOCUMENT))
            );
        } else if (kind % 8 == 3) {
            does(registry.currentWalletOf(identity), address(recovery), abi.encodeCall(Recovery.object, (identity)));
        } else {
            if (recovery.statusOf(identity) == Recovery.Status.Confirmed) passes(14 days);
            if (!does(outsider, address(recovery), abi.encodeCall(Recovery.execute, (identity)))) return;
            ++times["recovered"];
            if (kind & 8 == 0) _moves(touched, who);
        }
    }

    function _announces(bytes32 identity, bytes memory call) private returns (bool) {
        if (!does(registrar, address(recovery), call)) return false;
        does(recoverer, address(recovery), abi.encodeCall(Recovery.confirm, (identity, DOCUMENT)));
        return true;
    }

    // ------------------------------------------------------------------------------------------ the token's issuer

    function _gives(uint256 r, uint256 amount) private {
        amount = bound(amount, 1, 100 * sales[r].price);
        if (mints(sales[r].token, address(sales[r].round), amount)) books[r].gifts += amount;
    }

    function turn(uint256 which, uint256 kind, uint256 amount) external {
        uint256 r = _sale(which);
        kind %= 16;
        if (kind < 2) hostile.refuse(true);
        else if (kind < 4) hostile.blacklist(anyone(amount), true);
        else if (kind == 4) hostile.blacklist(address(sales[r].round), true);
        else if (kind < 8) _wipes(r, amount);
        else if (kind < 10) _reenters(r, amount);
        else if (kind == 10) _takesAFee(r, amount);
        else if (kind == 11) _gives(r, amount);
        else relents();
    }

    /// @notice Money moves again as it should; what was wiped stays wiped.
    function relents() public {
        if (sales[touched].token != address(hostile)) return;
        hostile.refuse(false);
        _reentersNoMore();
        for (uint256 i = 0; i < everyone.length; ++i) {
            if (hostile.blacklisted(everyone[i])) hostile.blacklist(everyone[i], false);
        }
        for (uint256 r = 0; r < sales.length; ++r) {
            hostile.blacklist(address(sales[r].round), false);
        }
    }

    /// @dev A token that keeps a part of what it moves is refused.
    function _takesAFee(uint256 r, uint256 who) private {
        hostile.takeFee(100);
        _commit(r, _staker(r, who), TICKET, 8);
        hostile.takeFee(0);
    }

    function _wipes(uint256 r, uint256 amount) private {
        if (sales[r].token != address(hostile) || hostile.blacklisted(address(sales[r].round))) return;
        uint256 held = hostile.balanceOf(address(sales[r].round));
        amount = amount % 4 == 0 ? held : bound(amount, 0, held);
        hostile.wipe(address(sales[r].round), amount);
        books[r].wiped += amount;
        if (amount == 0) return;
        _commit(r, _staker(r, amount), TICKET, 8);
        _payProceeds(r, 3);
        _refund(r, _staker(r, amount), amount);
    }

    function _reenters(uint256 r, uint256 kind) private {
        bytes32 identity = persons[(kind >> 8) % PERSONS];
        bytes[8] memory doors = [
            abi.encodeCall(RoundCommitments.refund, (identity)),
            abi.encodeCall(RoundCommitments.cancel, (identity, 0)),
            abi.encodeCall(RoundSettlement.claimCredit, (identity)),
            abi.encodeCall(RoundSettlement.payProceeds, ()),
            abi.encodeCall(RoundSettlement.payFee, ()),
            abi.encodeCall(RoundSettlement.settle, (9)),
            abi.encodeCall(RoundSettlement.close, ()),
            abi.encodeCall(RoundSettlement.tally, (9))
        ];
        hostile.reenter(address(sales[r].round), doors[kind % 8]);
        reenters = true;
    }

    // ------------------------------------------------------------------------------------------ intruders

    /// @dev Everyone reaches for what is not theirs. None may succeed.
    function intrude(uint256 which, uint256 who, uint256 kind, uint256 amount) external {
        Sale storage s = sales[_sale(which)];
        amount = bound(amount, 1, type(uint64).max);
        address by = [outsider, platform, operator, guardian, registrar, recoverer, admin][who % 7];
        address target = address(s.round);
        kind %= 8;
        if (kind == 0) _takesMoney(s, by, amount);
        else if (kind == 1) fails(by, target, abi.encodeCall(FundingRound.open, ()));
        else if (kind == 2) fails(by, target, abi.encodeCall(RoundSettlement.amend, (type(uint40).max, "", true)));
        else if (kind == 3) fails(by, target, abi.encodeCall(RoundSettlement.cancelByIssuer, ("")));
        else if (kind == 4) fails(by, address(s.class), abi.encodeCall(ShareToken.reserve, (by, uint64(amount))));
        else if (kind == 5) fails(by, address(s.class), abi.encodeCall(ShareToken.issue, (persons[0], 1, 0)));
        else if (kind == 6) fails(by, _otherHalf(), abi.encodeCall(RoundSettlement.settle, (1)));
        else fails(by, address(trust), abi.encodeCall(trust.receiveProceeds, (amount)));
    }

    /// @dev A token that refuses says no, and moves nothing.
    function _takesMoney(Sale storage s, address by, uint256 amount) private {
        uint256 held = balance(s.token, address(s.round));
        bytes memory call = abi.encodeCall(IERC20.transferFrom, (address(s.round), by, amount));
        if (!hostile.refuses()) fails(by, s.token, call);
        else does(by, s.token, call);
        if (balance(s.token, address(s.round)) != held) revert Succeeded(by, s.token, call);
    }

    /// @dev The template creates it first.
    function _otherHalf() private view returns (address) {
        return vm.computeCreateAddress(address(roundTemplate), 1);
    }

    // ------------------------------------------------------------------------------------------ rights, tried out

    /// @notice The person takes everything out of the round that was touched last.
    function leaves(uint256 i) external {
        _must(_cancel(touched, i, stakes[touched][i].wallet, 0));
    }

    function isRefunded(uint256 i) external {
        if (stakes[touched][i].shares > 0) _must(_refund(touched, i, 0));
    }

    function takesCredit(uint256 i) external {
        if (stakes[touched][i].shares > 0) _must(_takeCredit(touched, i, 0));
    }

    /// @notice Issuer and platform are paid what the round owes them.
    function isPaid() external {
        (uint256 proceeds, uint256 fee) = credits(touched);
        if (proceeds > 0) _must(_payProceeds(touched, 0));
        if (fee > 0) _must(_payFee(touched, 0));
    }

    /// @notice The round comes to its end and is closed.
    function ends() external {
        uint256 end = sales[touched].round.deadline();
        if (block.timestamp < end) passes(end - block.timestamp);
        // An early close that lapses now leaves the deadline of the terms.
        end = sales[touched].round.deadline();
        if (block.timestamp < end) passes(end - block.timestamp);
        _step(touched, 0, 1);
    }

    function lapse(uint256 time) external {
        passes(time);
    }

    function forgets() external {
        recorder.forget();
    }

    function requireAllHistories() external {
        requireHistories();
    }

    function used(uint256 i) external view returns (uint256) {
        return limits.used(persons[i], REG_CF, USD);
    }

    /// @notice Until when a commitment can be cancelled at least, as each regime says.
    function leastWindow(Commitment memory c) external view returns (uint256) {
        address rules_ = sales[touched].rules;
        uint256 end = sales[touched].round.deadline();
        if (rules_ == address(rules)) return end - 48 hours;
        if (rules_ != address(europeanRules)) return end;
        return c.category == Category.Sophisticated ? c.committedAt : c.committedAt + 4 days;
    }

    function _must(bool done) private pure {
        if (!done) revert LockedIn();
    }
}
