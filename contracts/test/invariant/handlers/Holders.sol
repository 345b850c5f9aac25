// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {OrderKind} from "../../../src/share/ActEvents.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {Actors, Scene} from "./Actors.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Holders of one class who buy, hand on, lose their wallets and are subject to orders without end, a company
/// that issues, cancels, splits and declares record dates, and a record of who must hold what, kept beside the class.
contract Holders is Actors {
    uint256 private constant MOST_DATES = 24;

    error Succeeded(address by, bytes call);

    address private immutable OFFERING;
    address private immutable SECOND_PARTY;

    uint256 public supply;
    mapping(address wallet => uint256) public held;
    mapping(address wallet => uint256) public persons;
    mapping(bytes32 identity => uint256) public rounds;
    mapping(uint256 person => address) public wallet;
    address[] public wallets;
    mapping(uint256 index => mapping(address wallet => uint256)) public heldAt;
    mapping(uint256 index => uint256) public supplyAt;
    mapping(uint256 index => uint256) public date;
    uint256 public dates;

    constructor(Scene memory scene_, address offering, address secondParty) Actors(scene_) {
        OFFERING = offering;
        SECOND_PARTY = secondParty;
        for (uint256 i = 0; i < scene_.investors.length; ++i) {
            wallet[i] = scene_.investors[i];
            wallets.push(scene_.investors[i]);
        }
    }

    function walletCount() external view returns (uint256) {
        return wallets.length;
    }

    // ------------------------------------------------------------------------------------------ rounds

    function buy(uint256 who, uint64 shares, uint256 lockedDays) external {
        shares = uint64(bound(shares, 1, 30));
        uint64 lockedUntil = uint64(block.timestamp + (lockedDays % 20) * 1 days);
        if (!_does(address(scene.directory), abi.encodeCall(ShareToken.reserve, (OFFERING, shares)))) return;
        (address to, bytes32 identity) = (_current(who), _identity(who));
        uint256 counts = _countsFor(to, identity);
        if (_does(OFFERING, abi.encodeCall(ShareToken.issue, (identity, shares, lockedUntil)))) {
            _receives(to, shares, counts);
            supply += shares;
            if (rounds[identity] > 0) --rounds[identity];
        }
        _does(OFFERING, abi.encodeCall(ShareToken.releaseReservation, ()));
    }

    function keepPlace(uint256 who) external {
        if (_does(OFFERING, abi.encodeCall(ShareToken.reservePlace, (_identity(who))))) ++rounds[_identity(who)];
    }

    function giveBackPlace(uint256 who) external {
        bool given = _does(OFFERING, abi.encodeCall(ShareToken.releasePlace, (_identity(who))));
        if (given && rounds[_identity(who)] > 0) --rounds[_identity(who)];
    }

    // ------------------------------------------------------------------------------------------ holders

    function handOn(uint256 from, uint256 to, uint256 shares) external {
        _handOn(_current(from), to, bound(shares, 0, 40));
    }

    function handAllOn(uint256 from, uint256 to) external {
        _handOn(_current(from), to, held[_current(from)]);
    }

    /// @notice Whoever has the key of a wallet that was given up tries it.
    function useOldWallet(uint256 which, uint256 to, uint256 shares) external {
        address from = wallets[which % wallets.length];
        _handOn(from, to, bound(shares, 0, held[from]));
    }

    function attestAnew(uint256 who, uint16 count) external {
        if (who % scene.investors.length != 5) return;
        InvestorRegistry.Attestation memory given;
        given.identity = _identity(5);
        given.wallet = wallet[5];
        given.country = 840;
        given.category = Category.Nominee;
        given.expiresAt = uint40(block.timestamp + 3650 days);
        given.persons = 1 + count % 4;
        bytes memory call = abi.encodeCall(InvestorRegistry.attest, (given, new InvestorRegistry.YearlyLimit[](0)));
        attempt(scene.registrar, address(scene.registry), call);
    }

    // ------------------------------------------------------------------------------------------ company

    function grant(uint256 who, uint64 shares, uint256 lockedDays) external {
        shares = uint64(bound(shares, 1, 30));
        address to = _current(who);
        uint256 counts = _countsFor(to, _identity(who));
        uint64 lockedUntil = uint64(block.timestamp + (lockedDays % 20) * 1 days);
        if (!_does(scene.issuer, abi.encodeCall(ShareToken.issueByCompany, (to, shares, lockedUntil)))) return;
        _receives(to, shares, counts);
        supply += shares;
    }

    function cancel(uint64 shares) external {
        shares = uint64(bound(shares, 1, 40));
        if (!_does(scene.issuer, abi.encodeCall(ShareToken.cancelShares, (shares)))) return;
        _gives(scene.issuer, shares);
        supply -= shares;
    }

    function split(uint64 factor) external {
        factor = 2 + factor % 2;
        if (supply * factor > 10_000) return;
        if (!_does(scene.issuer, abi.encodeCall(ShareToken.split, (factor)))) return;
        supply *= factor;
        for (uint256 i = 0; i < wallets.length; ++i) {
            held[wallets[i]] *= factor;
        }
    }

    function declare(uint256 ahead) external {
        _declares(bound(ahead, 1, 10 days));
    }

    function _declares(uint256 ahead) private {
        if (dates == MOST_DATES) return;
        uint40 at_ = uint40(block.timestamp + ahead);
        uint256 before = scene.share.capacity().recordDates;
        if (!_does(scene.issuer, abi.encodeCall(ShareToken.declareRecordDate, (at_)))) return;
        if (scene.share.capacity().recordDates > before) date[++dates] = at_;
    }

    // ------------------------------------------------------------------------------------------ others

    /// @dev Anyone reaches for what the company, its Directory, its rounds and the roles alone may do.
    function trespass(uint256 who, uint256 kind, uint64 shares) external {
        address by = kind % 3 == 0 ? scene.outsider : kind % 3 == 1 ? scene.admin : _current(who);
        if (by == scene.issuer) return;
        shares = uint64(bound(shares, 1, 30));
        kind = kind / 3 % 9;
        if (kind == 0) _fails(by, abi.encodeCall(ShareToken.issueByCompany, (by, shares, 0)));
        else if (kind == 1) _fails(by, abi.encodeCall(ShareToken.cancelShares, (shares)));
        else if (kind == 2) _fails(by, abi.encodeCall(ShareToken.split, (2)));
        else if (kind == 3) _fails(by, abi.encodeCall(ShareToken.issue, (_identity(who), shares, 0)));
        else if (kind == 4) _fails(by, abi.encodeCall(ShareToken.reserve, (by, shares)));
        else if (kind == 5) _fails(by, abi.encodeCall(ShareToken.reservePlace, (_identity(who))));
        else if (kind == 6) _fails(by, abi.encodeCall(ShareToken.setFrozenTokens, (_current(who), shares)));
        else if (kind == 7) _fails(by, abi.encodeCall(ShareToken.declareRecordDate, (uint40(block.timestamp + 1))));
        else _fails(by, abi.encodeCall(ShareToken.announceOrder, (OrderKind.Freeze, by, by, shares, "order")));
    }

    /// @dev What the company and its holders get wrong, whatever the state.
    function err(uint256 kind, uint256 who) external {
        kind %= 16;
        if (kind < 9) _errsOverNumbers(kind, _current(who));
        else if (kind == 9) _fails(_current(who), abi.encodeCall(ShareToken.convert, (1)));
        else if (kind == 10) _errs(abi.encodeCall(ShareToken.setDocument, (0, "", "hash")));
        else if (kind == 11) _errs(abi.encodeCall(ShareToken.setDocument, ("name", "", 0)));
        else if (kind == 12) _errs(abi.encodeCall(ShareToken.removeDocument, ("name")));
        else if (kind == 13) _transfersInVain(who);
        else _ordersInVain(who);
    }

    function _errsOverNumbers(uint256 kind, address to) private {
        if (kind == 0) _errs(abi.encodeCall(ShareToken.issueByCompany, (to, 0, 0)));
        else if (kind == 1) _errs(abi.encodeCall(ShareToken.issueByCompany, (to, 1, type(uint64).max)));
        else if (kind == 2) _errs(abi.encodeCall(ShareToken.issueByCompany, (to, 1e12, 0)));
        else if (kind == 3) _errs(abi.encodeCall(ShareToken.declareRecordDate, (uint40(block.timestamp))));
        else if (kind == 4) _errs(abi.encodeCall(ShareToken.declareRecordDate, (type(uint40).max)));
        else if (kind == 5) _errs(abi.encodeCall(ShareToken.split, (1)));
        else if (kind == 6) _errs(abi.encodeCall(ShareToken.split, (type(uint64).max)));
        else if (kind == 7) _errs(abi.encodeCall(ShareToken.raiseAuthorised, (1, address(0))));
        else _errs(abi.encodeCall(ShareToken.raiseAuthorised, (1e12, to)));
    }

    function _transfersInVain(uint256 who) private {
        for (uint256 i = 0; i < scene.investors.length; ++i) {
            address from = _current(who % scene.investors.length + i);
            if (held[from] == 0) continue;
            address to = who % 2 == 0 ? scene.outsider : address(scene.share);
            return _fails(from, abi.encodeCall(IERC20.transfer, (to, held[from])));
        }
    }

    /// @dev Orders without a document, that nobody announced, too early, too late, or against the class.
    function _ordersInVain(uint256 who) private {
        address account = _current(who);
        uint256 kind = who % 7;
        if (kind > 4) return _forcesInVain(who >> 8);
        if (kind == 0) {
            bytes memory call = abi.encodeCall(ShareToken.announceOrder, (OrderKind.Freeze, account, address(0), 7, 0));
            return _fails(scene.registrar, call);
        }
        if (kind == 1) return _fails(SECOND_PARTY, abi.encodeCall(ShareToken.setFrozenTokens, (account, 1_000_001)));
        address target = kind == 2 ? address(scene.round) : account;
        bytes memory announcing = abi.encodeCall(
            ShareToken.announceOrder, (OrderKind.Freeze, target, address(0), 1_000_002 + who % 1e9, "order")
        );
        if (!_does(scene.registrar, announcing)) return;
        if (kind == 4) _wait(100 days);
        _fails(SECOND_PARTY, abi.encodeCall(ShareToken.setFrozenTokens, (target, 1_000_002 + who % 1e9)));
    }

    /// @dev From a wallet that holds shares, given up or not, to one that may not.
    function _forcesInVain(uint256 who) private {
        for (uint256 i = 0; i < wallets.length; ++i) {
            address from = wallets[(who % wallets.length + i) % wallets.length];
            bool old = scene.registry.successorOf(from) != address(0);
            if (held[from] == 0 || old != (who % 2 == 0)) continue;
            address to = old ? _current(who) : scene.outsider;
            _announces(OrderKind.Transfer, from, to, held[from]);
            return _fails(SECOND_PARTY, abi.encodeCall(ShareToken.forcedTransfer, (from, to, held[from])));
        }
    }

    /// @notice The company grants so often, each time locked for another time, that there is no room for another lot.
    function fillLots(uint256 who) external {
        address to = _current(who);
        for (uint256 i = 0; i < 9; ++i) {
            uint256 counts = _countsFor(to, _identity(who));
            uint64 until = uint64(block.timestamp + (i + 21) * 1 days);
            if (!_does(scene.issuer, abi.encodeCall(ShareToken.issueByCompany, (to, 2, until)))) return;
            _receives(to, 2, counts);
            supply += 2;
        }
    }

    /// @notice As many record dates as may lie ahead.
    function declareMany(uint256 ahead) external {
        for (uint256 i = 0; i < 17; ++i) {
            _declares(bound(ahead, 1, 10 days) + i * 1 days);
        }
    }

    // ------------------------------------------------------------------------------------------ orders, recoveries

    function freeze(uint256 who, uint256 shares) external {
        address account = _current(who);
        shares = bound(shares, 0, 60);
        _announces(OrderKind.Freeze, account, address(0), shares);
        _does(SECOND_PARTY, abi.encodeCall(ShareToken.setFrozenTokens, (account, shares)));
    }

    function forceTransfer(uint256 from, uint256 to, uint256 shares) external {
        (address giver, address receiver) = (_current(from), _current(to));
        shares = bound(shares, 1, held[giver] + 1);
        _announces(OrderKind.Transfer, giver, receiver, shares);
        uint256 counts = _countsFor(receiver, _identity(to));
        if (!_does(SECOND_PARTY, abi.encodeCall(ShareToken.forcedTransfer, (giver, receiver, shares)))) return;
        _gives(giver, shares);
        _receives(receiver, shares, counts);
    }

    function loseWallet(uint256 who) external {
        if (wallets.length > 14) return;
        uint256 person = who % scene.investors.length;
        if (wallet[person] == scene.issuer) return;
        address next = address(uint160(0xA11CE000 + wallets.length));
        bytes memory call = abi.encodeCall(InvestorRegistry.succeed, (_identity(who), next));
        if (!attempt(address(scene.registry.recovery()), address(scene.registry), call)) return;
        wallet[person] = next;
        wallets.push(next);
    }

    function recover(uint256 which) external {
        address old = wallets[which % wallets.length];
        address next = scene.registry.successorOf(old);
        if (!_does(scene.outsider, abi.encodeCall(ShareToken.recover, (old)))) return;
        if (persons[old] > persons[next]) persons[next] = persons[old];
        held[next] += held[old];
        (held[old], persons[old]) = (0, 0);
    }

    function wait(uint256 time) external {
        _wait(bound(time, 1, 4 days));
    }

    // ------------------------------------------------------------------------------------------ inside

    function _handOn(address from, uint256 who, uint256 shares) private {
        address to = _current(who);
        uint256 counts = _countsFor(to, _identity(who));
        if (!_does(from, abi.encodeCall(IERC20.transfer, (to, shares)))) return;
        if (from == to || shares == 0) return;
        _gives(from, shares);
        _receives(to, shares, counts);
    }

    /// @dev For how many a person counts that joins: fixed by the place, or by the attestation.
    function _countsFor(address to, bytes32 identity) private view returns (uint256) {
        if (held[to] > 0) return persons[to];
        if (rounds[identity] > 0) return scene.share.placeOf(identity).persons;
        return scene.registry.investor(identity).persons;
    }

    function _receives(address to, uint256 shares, uint256 counts) private {
        held[to] += shares;
        persons[to] = counts;
    }

    function _gives(address from, uint256 shares) private {
        held[from] -= shares;
        if (held[from] == 0) persons[from] = 0;
    }

    function _announces(OrderKind kind, address from, address to, uint256 shares) private {
        _does(scene.registrar, abi.encodeCall(ShareToken.announceOrder, (kind, from, to, shares, "order")));
        _wait(5 days);
    }

    /// @dev Keeps what counts at each record date that the clock passes.
    function _wait(uint256 time) private {
        for (uint256 index = 1; index <= dates; ++index) {
            if (date[index] <= block.timestamp || date[index] > block.timestamp + time) continue;
            supplyAt[index] = supply;
            for (uint256 i = 0; i < wallets.length; ++i) {
                heldAt[index][wallets[i]] = held[wallets[i]];
            }
        }
        vm.warp(block.timestamp + time);
        vm.roll(block.number + 1);
    }

    function _errs(bytes memory call) private {
        _fails(scene.issuer, call);
    }

    function _fails(address by, bytes memory call) private {
        if (_does(by, call)) revert Succeeded(by, call);
    }

    function _does(address by, bytes memory call) private returns (bool) {
        return attempt(by, address(scene.share), call);
    }

    function _current(uint256 who) private view returns (address) {
        return wallet[who % scene.investors.length];
    }

    function _identity(uint256 who) private view returns (bytes32) {
        return identityOf(scene.investors[who % scene.investors.length]);
    }
}
