// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CommitmentState} from "../../../src/round/Commitments.sol";
import {RoundCommitments} from "../../../src/round/RoundCommitments.sol";
import {RoundStatus} from "../../../src/round/RoundEvents.sol";
import {RoundSettlement} from "../../../src/round/RoundSettlement.sol";
import {RoundsRecord} from "./RoundsRecord.sol";
import {Sale} from "./RoundsWorld.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Those who put their money into rounds, take it out, and, being anyone, move the rounds on.
abstract contract RoundsInvestors is RoundsRecord {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    /// @dev What an investor asks for.
    struct Wish {
        address wallet;
        uint64 shares;
        uint16 version;
        bool consent;
    }

    // ------------------------------------------------------------------------------------------ putting money in

    function commit(uint256 which, uint256 who, uint64 shares, uint256 how) external {
        _commit(_sale(which), who % PERSONS, shares, how);
    }

    /// @dev Most rounds need several. Once this one is over, the company opens another.
    function commitTogether(uint256 which, uint256 who, uint64 shares) external {
        uint256 r = _sale(which);
        if (books[r].status >= RoundStatus.Settled) return _comesAfter(r, who);
        if (books[r].status != RoundStatus.Open) return _step(r, uint256(books[r].status), who >> 2);
        for (uint256 i = 0; i < 4; ++i) {
            _commit(r, (who % PERSONS + i) % PERSONS, shares / uint64(i + 1), (who >> 8 & 3) << 8 | 5 * i);
        }
    }

    function _commit(uint256 r, uint256 i, uint64 shares, uint256 how) internal {
        Sale storage s = sales[r];
        Wish memory wish = Wish(walletOf(i), uint64(bound(shares, 1, 300)), 1, how >> 8 & 3 != 0);
        if (shares % 64 < 2) wish.shares = shares % 64;
        if (how % 8 != 7) wish.version = uint16(s.round.termsVersion());
        if (i == CONTRACT && s.token == address(euro) && how % 2 == 0) how = 6 + (how >> 3 << 3);
        uint256 amount = wish.shares * s.price;
        if (mints(s.token, wish.wallet, amount)) must[s.token][wish.wallet] += amount;
        bool done = how % 8 == 5
            ? _commitsWithPermit(s, wish, amount)
            : how % 8 == 6 ? _commitsForAnother(s, wish, amount, how >> 16) : _commitsAlone(s, wish, amount);
        if (!done) return;
        _committed(r, _personOf(wish.wallet), wish.shares);
        _observe(r);
    }

    function _commitsAlone(Sale storage s, Wish memory w, uint256 amount) private returns (bool) {
        vm.prank(w.wallet);
        IERC20(s.token).approve(address(s.round), amount);
        bytes memory call = abi.encodeCall(RoundCommitments.commit, (w.shares, w.version, w.consent));
        return does(w.wallet, address(s.round), call);
    }

    function _commitsWithPermit(Sale storage s, Wish memory w, uint256 amount) private returns (bool done) {
        vm.prank(w.wallet);
        IERC20(s.token).approve(address(s.round), 0);
        (uint8 v, bytes32 r, bytes32 sig) = (27, 0, 0);
        if (s.token == address(dollar) && keyOf[w.wallet] != 0) {
            uint256 nonce = dollar.nonces(w.wallet);
            bytes32 hash = keccak256(abi.encode(PERMIT, w.wallet, address(s.round), amount, nonce, type(uint256).max));
            (v, r, sig) = vm.sign(keyOf[w.wallet], _typed(hash));
        }
        bytes memory call = abi.encodeCall(
            RoundCommitments.commitWithPermit, (w.shares, w.version, w.consent, type(uint256).max, v, r, sig)
        );
        done = does(w.wallet, address(s.round), call);
        if (done) ++times["by permit"];
    }

    /// @dev Brought by anyone; now and then for other shares than were signed for.
    function _commitsForAnother(Sale storage s, Wish memory w, uint256 amount, uint256 how)
        private
        returns (bool done)
    {
        bytes memory signature = _authorization(s, w, amount);
        bool forged = how % 8 == 1;
        bytes memory call = abi.encodeCall(
            RoundCommitments.commitWithAuthorization,
            (w.wallet, forged ? w.shares + 1 : w.shares, w.version, w.consent, 0, type(uint256).max, signature)
        );
        if (forged) fails(anyone(how), address(s.round), call);
        else done = does(anyone(how), address(s.round), call);
        if (done) ++times[w.wallet.code.length > 0 ? bytes32("by ERC-1271") : bytes32("by authorization")];
    }

    function _authorization(Sale storage s, Wish memory w, uint256 amount) private view returns (bytes memory) {
        bytes32 nonce = s.round.authorizationNonce(w.wallet, w.shares, w.version, w.consent);
        bytes32 hash = s.token == address(euro)
            ? euro.digest(w.wallet, address(s.round), amount, 0, type(uint256).max, nonce)
            : _typed(keccak256(abi.encode(RECEIVE, w.wallet, address(s.round), amount, 0, type(uint256).max, nonce)));
        (uint8 v, bytes32 r, bytes32 sig) = vm.sign(keyOf[w.wallet] == 0 ? 1 : keyOf[w.wallet], hash);
        bytes memory signature = abi.encodePacked(r, sig, v);
        return w.wallet.code.length > 0 ? bytes.concat(hex"01", signature) : signature;
    }

    function _typed(bytes32 hash) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", dollar.DOMAIN_SEPARATOR(), hash));
    }

    // ------------------------------------------------------------------------------------------ taking it out

    function cancel(uint256 which, uint256 who, uint64 shares) external {
        uint256 r = _sale(which);
        uint256 i = _staker(r, who);
        uint64 inside = stakes[r][i].shares;
        address by = (who >> 8) % 16 == 15 ? anyone(who >> 16) : stakes[r][i].wallet;
        _cancel(r, i, by, shares % 3 == 0 ? 0 : shares % 16 == 1 ? inside + 1 : uint64(bound(shares, 1, inside + 1)));
    }

    function refund(uint256 which, uint256 who, uint256 by) external {
        uint256 r = _sale(which);
        _refund(r, _staker(r, who), by);
    }

    function claimCredit(uint256 which, uint256 who, uint256 by) external {
        uint256 r = _sale(which);
        _takeCredit(r, _staker(r, who), by);
    }

    function _cancel(uint256 r, uint256 i, address by, uint64 shares) internal returns (bool) {
        (address wallet, uint64 inside) = (stakes[r][i].wallet, stakes[r][i].shares);
        uint64 taken = shares == 0 ? inside : shares;
        bytes memory call = abi.encodeCall(RoundCommitments.cancel, (persons[i], shares));
        if (!_pays(r, by, call, taken * sales[r].price, wallet)) return false;
        if (by != wallet) revert Succeeded(by, address(sales[r].round), call);
        if (taken < inside) ++times["cancelled in part"];
        _gaveBack(r, i, taken);
        _observe(r);
        return true;
    }

    function _refund(uint256 r, uint256 i, uint256 by) internal returns (bool) {
        (address wallet, uint64 inside) = (stakes[r][i].wallet, stakes[r][i].shares);
        bool live = sales[r].round.commitmentOf(persons[i]).state == CommitmentState.Live;
        bool goesOn = books[r].status == RoundStatus.Settling || books[r].status == RoundStatus.Tallying;
        bytes memory call = abi.encodeCall(RoundCommitments.refund, (persons[i]));
        if (!_pays(r, by % 2 == 0 ? wallet : anyone(by >> 1), call, inside * sales[r].price, wallet)) return false;
        if (live && goesOn) ++times["refunded unsettled"];
        if (!live) ++times["refunded excluded"];
        _gaveBack(r, i, inside);
        _observe(r);
        return true;
    }

    function _takeCredit(uint256 r, uint256 i, uint256 by) internal returns (bool) {
        (address wallet, uint64 excess) = (stakes[r][i].wallet, stakes[r][i].shares);
        bytes memory call = abi.encodeCall(RoundSettlement.claimCredit, (persons[i]));
        if (!_pays(r, by % 2 == 0 ? wallet : anyone(by >> 1), call, excess * sales[r].price, wallet)) return false;
        ++times["credit paid"];
        _gaveBack(r, i, excess);
        return true;
    }

    function reconfirm(uint256 which, uint256 who, uint16 version) external {
        _reconfirms(_sale(which), who, version);
    }

    function _reconfirms(uint256 r, uint256 who, uint16 version) internal {
        uint16 current = uint16(sales[r].round.termsVersion());
        uint256 until = sales[r].round.amendment().reconfirmBy;
        if (version % 4 == 1 && until > block.timestamp) passes(until - block.timestamp);
        bytes memory call = abi.encodeCall(RoundSettlement.reconfirm, (version % 8 == 0 ? version : current));
        address by = (who >> 8) % 8 == 7 ? anyone(who >> 16) : walletOf(_staker(r, who));
        if (does(by, address(sales[r].round), call)) ++times["reconfirmed"];
    }

    function moveCommitment(uint256 which, uint256 who) external {
        _moves(_sale(which), who);
    }

    /// @dev Of somebody whose wallet came after the one that committed, if there is one.
    function _moves(uint256 r, uint256 who) internal {
        uint256 i = who % PERSONS;
        for (uint256 n = 0; n < PERSONS && _isWhereItWas(r, i); ++n) {
            i = (who % PERSONS + n) % PERSONS;
        }
        address next = walletOf(i);
        bytes memory call = abi.encodeCall(RoundSettlement.moveCommitment, (persons[i]));
        if (!does(outsider, address(sales[r].round), call)) return;
        stakes[r][i].wallet = next;
        ++times["moved"];
    }

    function _isWhereItWas(uint256 r, uint256 i) private view returns (bool) {
        return stakes[r][i].wallet == address(0) || stakes[r][i].wallet == walletOf(i);
    }

    // ------------------------------------------------------------------------------------------ by anyone

    /// @dev The next step, whoever takes it; mostly once it is due.
    function moveOn(uint256 which, uint256 count) external {
        uint256 r = _sale(which);
        RoundStatus status_ = sales[r].round.status();
        if (status_ == RoundStatus.Open) _closes(r, count);
        else if (status_ == RoundStatus.Tallying) _tallies(r, count);
        else if (status_ == RoundStatus.Settling) _step(r, 2, count >> 2);
        else if (status_ == RoundStatus.Settled) _goesOn(r, count);
        else _refund(r, _staker(r, count), count >> 8);
    }

    /// @dev Now and then somebody comes at the last moment.
    function _closes(uint256 r, uint256 count) private {
        uint256 due = sales[r].round.deadline();
        if (books[r].escrow >= sales[r].least && block.timestamp < due) {
            if (count % 4 == 0 && due - block.timestamp > 1) passes(due - block.timestamp - 1);
            if (count % 4 == 0) _commit(r, (count >> 8) % PERSONS, uint64(count >> 16), 256);
            due = sales[r].round.deadline();
            if (block.timestamp < due) passes(due - block.timestamp);
        }
        _step(r, 0, count >> 2);
    }

    function _tallies(uint256 r, uint256 count) private {
        uint256 due = sales[r].round.progressOf().reflectionEnd;
        if (count % 4 != 0 && block.timestamp < due) passes(due - block.timestamp);
        _step(r, 1, count >> 2);
    }

    function stepOutOfTurn(uint256 which, uint256 kind, uint256 count) external {
        _step(_sale(which), kind % 3, count);
    }

    function _step(uint256 r, uint256 kind, uint256 count) internal {
        count = count % 16 == 0 ? 0 : count % 3 == 0 ? 100 : count % 4 + 1;
        bytes memory call = kind == 0
            ? abi.encodeCall(RoundSettlement.close, ())
            : kind == 1
                ? abi.encodeCall(RoundSettlement.tally, (count))
                : abi.encodeCall(RoundSettlement.settle, (count));
        if (does(outsider, address(sales[r].round), call)) _observe(r);
    }

    function wait(uint256 which, uint256 time) external {
        Sale storage s = sales[_sale(which)];
        uint256 end = s.round.deadline();
        uint256 closedAt = s.round.countingOf().closedAt;
        uint256 asked = s.round.amendment().reconfirmBy;
        uint256 kind = time % 16;
        uint256 next = block.timestamp + bound(time, 1, 4 days);
        if (kind < 2) next = end - 48 hours;
        else if (kind < 5) next = end;
        else if (kind < 9 && closedAt != 0) next = closedAt + 30 days;
        else if (kind == 9 && asked != 0) next = asked;
        else if (kind == 10 && time % 64 == 10) next = block.timestamp + 300 days;
        if (next <= block.timestamp) next = block.timestamp + bound(time, 1, 4 days);
        passes(next - block.timestamp);
        if (kind == 1) _commit(touched, (time >> 8) % PERSONS, uint64(time >> 16), time >> 4);
    }

    // ------------------------------------------------------------------------------------------ inside

    /// @dev What a company does whose round is over.
    function _comesAfter(uint256 r, uint256 seed) internal virtual;

    /// @dev What is left to do for a round that is settled.
    function _goesOn(uint256 r, uint256 seed) internal virtual;

    /// @dev Mostly the one that this play is about.
    function _sale(uint256 seed) internal returns (uint256 r) {
        if (focus == 0) focus = 1 + [0, 1, 2, 3, 4, 5, 0, 5, 1, 1][(seed >> 4) % 10];
        r = seed % 16 == 0 ? (seed >> 4) % sales.length : focus - 1;
        if (r != touched && reenters) _reentersNoMore();
        touched = r;
    }

    /// @dev A token that comes in again comes into the round whose money it moves: that anyone may pay out another's is no
    /// harm, and not what the record is about.
    function _reentersNoMore() internal {
        hostile.reenter(address(0), "");
        reenters = false;
    }

    /// @dev Mostly one who has money in the round.
    function _staker(uint256 r, uint256 seed) internal view returns (uint256 i) {
        i = seed % PERSONS;
        if ((seed >> 4) % 16 == 0) return i;
        for (uint256 n = 0; n < PERSONS && stakes[r][i].shares == 0; ++n) {
            i = (i + 1) % PERSONS;
        }
    }

    function _personOf(address wallet) internal view returns (uint256) {
        bytes32 identity = registry.identityOf(wallet);
        for (uint256 i = 0; i < PERSONS; ++i) {
            if (persons[i] == identity) return i;
        }
        revert Succeeded(wallet, address(registry), "");
    }
}
