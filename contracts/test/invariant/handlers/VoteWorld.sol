// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {RoundTerms} from "../../../src/round/RoundTerms.sol";
import {ClassTerms} from "../../../src/share/ClassTerms.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {Deed} from "../../../src/trust/TrustDeed.sol";
import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {Offerings} from "../../Offerings.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title VoteWorld
/// @notice Two classes of one company, of one vote and of ten votes a share, that five persons, the company and a trust
/// hold; a settled round of the first, in which one of the five was an affiliate; and what happens to all this while it is
/// voted on: sales, splits, issues, recoveries, inheritances. Beside the ledger, a record of who held what at each
/// record date and who came after whom.
/// @dev Whatever is attempted either succeeds, and then every history folds to its head, or reverts as a whole.
abstract contract VoteWorld is Offerings {
    uint256 internal constant PERSONS = 5;
    uint256 private constant MOST_DATES = 12;
    uint256 private constant MOST_WALLETS = 12;
    bytes32 private constant DOCUMENT = "document";

    ShareToken[2] internal classes;
    address internal openedRound;
    address[] internal wallets;
    HolderVote[] internal votes;

    mapping(bytes32 identity => address) private _walletOf;
    mapping(bytes32 identity => bytes32) private _heirOf;
    mapping(bytes32 identity => address) private _announced;
    mapping(bytes32 identity => bytes32) private _announcedHeir;
    mapping(address wallet => bytes32) private _identityOf;
    mapping(bytes32 identity => uint256) internal allotted;
    mapping(address class => uint16) internal dates;
    mapping(address class => mapping(uint16 date => mapping(address wallet => uint256))) internal heldAt;
    mapping(address class => mapping(uint16 date => uint256)) internal supplyAt;

    mapping(bytes4 reason => uint256) public refusals;
    uint256 public sales;
    uint256 public splits;
    uint256 public recoveries;
    uint256 public inheritances;

    /// @dev Called as it would be by a test.
    function setUp() public override {
        super.setUp();
        attestTrustees();
        attest(issuer, Category.Institution, 0, block.timestamp + 3650 days);
        ClassTerms memory second = classTerms(companyId, AUTHORISED);
        second.votesPerShare = 10;
        classes = [share, openClass(issuer, second)];
        _sells();
        _opensAnother();
        vm.startPrank(issuer);
        share.issueByCompany(issuer, 80, 0);
        for (uint256 i = 0; i < 3; ++i) {
            classes[1].issueByCompany(wallets[i], uint64(2 * i + 1), 0);
        }
        vm.stopPrank();
        _entrusts();
        requireHistories();
    }

    /// @dev A round of the first class to all five; the last is an affiliate of the issuer.
    function _sells() private {
        RoundTerms memory terms = filedTerms();
        terms.rules = address(openRules);
        (terms.minimumShares, terms.maximumShares, terms.minimumTicket) = (10, 500, 1);
        round = openRound(terms);
        bytes32 issuerKey = directory.issuerKey(companyId);
        for (uint256 i = 0; i < PERSONS; ++i) {
            address wallet = accredited(string.concat("elector ", vm.toString(i)));
            bytes32 identity = identityOf(wallet);
            wallets.push(wallet);
            (_walletOf[identity], _identityOf[wallet]) = (wallet, identity);
            if (i < PERSONS - 1) allotted[identity] = 9 * i + 4;
            commits(wallet, uint64(9 * i + 4));
        }
        vm.prank(registrar);
        registry.attestAffiliate(identityOf(wallets[PERSONS - 1]), issuerKey, true, DOCUMENT);
        closes();
        tallies();
        settles();
    }

    /// @dev A round that is still open, of a class that nobody holds.
    function _opensAnother() private {
        RoundTerms memory terms = filedTerms();
        terms.rules = address(openRules);
        terms.deadline = uint40(block.timestamp + 1000 days);
        terms.shareClass = address(openClass(companyId, issuer, AUTHORISED));
        openedRound = address(openRound(terms));
    }

    /// @dev A trust of which two of three trustees say how its shares are voted.
    function _entrusts() private {
        Deed memory deed = escrowDeed(wallets[0]);
        deed.terms.shareClass = address(share);
        trust = openTrust(deed);
        vm.startPrank(issuer);
        share.approve(address(trust), 30);
        trust.fund(address(share), 30);
        vm.stopPrank();
        wallets.push(address(trust));
        wallets.push(issuer);
    }

    // ------------------------------------------------------------------------------------------ the company

    function declareDate(uint256 which, uint256 ahead) external {
        ShareToken class = classes[which % 2];
        if (dates[address(class)] == MOST_DATES) return;
        uint40 date = uint40(block.timestamp + bound(ahead, 1, 6 days));
        (bool done, bytes memory answer) =
            ask(issuer, address(class), abi.encodeCall(ShareToken.declareRecordDate, (date)));
        if (!done) return;
        uint16 index = abi.decode(answer, (uint16));
        if (index > dates[address(class)]) dates[address(class)] = index;
    }

    function split(uint256 which, uint64 factor) external {
        ShareToken class = classes[which % 2];
        if (class.totalSupply() > 1e6) return;
        if (does(issuer, address(class), abi.encodeCall(ShareToken.split, (2 + factor % 2)))) ++splits;
    }

    function issue(uint256 which, uint256 who, uint64 shares) external {
        shares = uint64(bound(shares, 1, 40));
        bytes memory call = abi.encodeCall(ShareToken.issueByCompany, (_wallet(who), shares, 0));
        does(issuer, address(classes[which % 2]), call);
    }

    // ------------------------------------------------------------------------------------------ holders

    function sell(uint256 which, uint256 from, uint256 to, uint256 shares) external {
        ShareToken class = classes[which % 2];
        address seller = _wallet(from);
        shares = shares % 3 == 0 ? class.balanceOf(seller) : bound(shares, 0, class.balanceOf(seller));
        if (does(seller, address(class), abi.encodeCall(IERC20.transfer, (_wallet(to), shares)))) ++sales;
    }

    /// @notice Shares follow their person to the wallet that came after.
    function follow(uint256 which, uint256 who) external {
        does(outsider, address(classes[which % 2]), abi.encodeCall(ShareToken.recover, (_wallet(who))));
    }

    // ------------------------------------------------------------------------------------------ recoveries

    function announce(uint256 who, uint256 heir, bool dead) external {
        bytes32 identity = _person(who);
        bytes32 next = _person(heir);
        address wallet = vm.addr(uint256(keccak256(abi.encode("wallet", wallets.length, who % PERSONS))));
        bytes memory call = dead
            ? abi.encodeCall(Recovery.announceHeir, (Recovery.Kind.Inheritance, identity, next, DOCUMENT))
            : abi.encodeCall(Recovery.announceWallet, (Recovery.Kind.LostKey, identity, wallet, DOCUMENT));
        if (wallets.length >= MOST_WALLETS || !does(registrar, address(recovery), call)) return;
        (_announced[identity], _announcedHeir[identity]) = dead ? (address(0), next) : (wallet, bytes32(0));
        does(recoverer, address(recovery), abi.encodeCall(Recovery.confirm, (identity, DOCUMENT)));
    }

    function execute(uint256 who, bool waits) external {
        bytes32 identity = _person(who);
        if (recovery.statusOf(identity) != Recovery.Status.Confirmed) return;
        if (waits) passes(recovery.OBJECTION_PERIOD());
        if (!does(outsider, address(recovery), abi.encodeCall(Recovery.execute, (identity)))) return;
        address next = _announced[identity];
        if (next == address(0)) {
            _heirOf[identity] = _living(_announcedHeir[identity]);
            ++inheritances;
        } else {
            (_walletOf[identity], _identityOf[next]) = (next, identity);
            wallets.push(next);
            ++recoveries;
        }
    }

    // ------------------------------------------------------------------------------------------ the clock

    function wait(uint256 time) external {
        uint256 next = time % 4 == 0 ? bound(time, 1, 20 days) : bound(time, 1, 3 days);
        passes(next);
    }

    /// @notice What counts at a record date is what was held before it came.
    function passes(uint256 time) internal {
        for (uint256 i = 0; i < 2; ++i) {
            for (uint16 index = 1; index <= dates[address(classes[i])]; ++index) {
                uint256 date = classes[i].recordDates(index);
                if (date > block.timestamp && date <= block.timestamp + time) _keeps(classes[i], index);
            }
        }
        recorder.capture();
        vm.warp(block.timestamp + time);
        vm.roll(block.number + 1);
        timePassed();
    }

    function timePassed() internal virtual;

    function _keeps(ShareToken class, uint16 index) private {
        supplyAt[address(class)][index] = class.totalSupply();
        for (uint256 i = 0; i < wallets.length; ++i) {
            heldAt[address(class)][index][wallets[i]] = class.balanceOf(wallets[i]);
        }
    }

    // ------------------------------------------------------------------------------------------ acting

    function does(address by, address target, bytes memory call) internal returns (bool done) {
        (done,) = ask(by, target, call);
    }

    function ask(address by, address target, bytes memory call) internal returns (bool done, bytes memory answer) {
        recorder.capture();
        vm.prank(by);
        // A refusal is an outcome here, whatever its reason.
        // solhint-disable-next-line avoid-low-level-calls
        (done, answer) = target.call(call);
        if (done) {
            requireHistories();
            return (done, answer);
        }
        recorder.forget();
        ++refusals[bytes4(answer)];
    }

    // ------------------------------------------------------------------------------------------ who is who

    /// @notice Who acts for what a wallet held, by the record kept here.
    function actingForWallet(address wallet) internal view returns (address) {
        bytes32 identity = _identityOf[wallet];
        return identity == 0 ? wallet : actingForPerson(identity);
    }

    function actingForPerson(bytes32 identity) internal view returns (address) {
        return _walletOf[_living(identity)];
    }

    /// @notice Whose wallet this is now, by the record kept here; nobody's when it was given up.
    function personOf(address wallet) internal view returns (bytes32 identity) {
        identity = _identityOf[wallet];
        if (_heirOf[identity] != 0 || _walletOf[identity] != wallet) return 0;
    }

    /// @notice Any of the five persons.
    function _person(uint256 who) internal view returns (bytes32) {
        return identityOf(wallets[who % PERSONS]);
    }

    /// @notice Any wallet that ever held shares or may have.
    function _wallet(uint256 who) internal view returns (address) {
        return wallets[who % wallets.length];
    }

    function _living(bytes32 identity) private view returns (bytes32) {
        while (_heirOf[identity] != 0) {
            identity = _heirOf[identity];
        }
        return identity;
    }
}
