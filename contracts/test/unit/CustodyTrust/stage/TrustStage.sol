// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CustodyTrust} from "../../../../src/trust/CustodyTrust.sol";
import {IProceedsRound} from "../../../../src/trust/IProceedsRound.sol";
import {TrustBooks} from "../../../../src/trust/TrustBooks.sol";
import {Beneficiary, Deed, DeedCodec, DeedTerms, Tranche, TrustOrigin} from "../../../../src/trust/TrustDeed.sol";
import {TrustOffices} from "../../../../src/trust/TrustOffices.sol";
import {TrustRecords} from "../../../../src/trust/TrustRecords.sol";
import {DisbursementStatus, EndReason} from "../../../../src/trust/TrustWords.sol";
import {TrusteeSeats} from "../../../../src/trust/TrusteeSeats.sol";
import {IHolderVote} from "../../../../src/vote/IHolderVote.sol";
import {FoldRecorder} from "../../../FoldRecorder.sol";
import {HostileDollar} from "../../../hostile/tokens/HostileDollar.sol";
import {FakeAuthority, FakeDirectory, FakeRegistry, FakeRound, FakeVote} from "./Fakes.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Test} from "forge-std/Test.sol";

/// @title TrustStage
/// @notice One trust, and everyone around it. What stands around it in the ledger is played by fakes, so that each state
/// is a line away; the scenarios have the real ones.
abstract contract TrustStage is Test {
    uint256 internal constant DOLLAR = 1e6;
    uint64 internal constant COMPANY = 7;
    uint256 internal constant START = 1_631_577_600; // 2021-09-14
    uint256 internal constant LONG_STOP = 1_726_272_000; // 2024-09-14
    uint40 internal constant CHALLENGE = 5 days;
    uint40 internal constant VACANCY = 60 days;

    address internal issuer = makeAddr("issuer");
    address internal t1 = makeAddr("T1");
    address internal t2 = makeAddr("T2");
    address internal t3 = makeAddr("T3");
    address internal t4 = makeAddr("T4");
    address internal protector = makeAddr("protector");
    address internal platform = makeAddr("platform");
    address internal outsider = makeAddr("outsider");
    address internal registrar = makeAddr("registrar");
    address internal recoverer = makeAddr("recoverer");
    address internal x = makeAddr("X");
    address internal y = makeAddr("Y");
    address internal z = makeAddr("Z");
    address internal worker = makeAddr("worker");

    FoldRecorder internal recorder;
    FakeRegistry internal registry;
    FakeDirectory internal directory;
    FakeAuthority internal authority;
    HostileDollar internal dollar;
    HostileDollar internal class;
    CustodyTrust internal template;
    CustodyTrust internal trust;
    TrustOffices internal offices;
    TrustBooks internal books;
    FakeRound internal round;

    function setUp() public virtual {
        vm.warp(START);
        recorder = new FoldRecorder();
        registry = new FakeRegistry();
        directory = new FakeDirectory();
        directory.setController(COMPANY, issuer);
        authority = new FakeAuthority();
        authority.allow(registrar, TrusteeSeats.announceRemoval.selector);
        authority.allow(recoverer, TrusteeSeats.executeRemoval.selector);
        dollar = new HostileDollar(6);
        class = new HostileDollar(0);
        address bookTemplate = deployCode("TrustBooks.sol", abi.encode(registry));
        address officeTemplate = deployCode("TrustOffices.sol", abi.encode(authority, registry, bookTemplate));
        template = CustodyTrust(deployCode("CustodyTrust.sol", abi.encode(registry, officeTemplate)));
        address[9] memory known = [t1, t2, t3, t4, protector, x, y, z, worker];
        for (uint256 i = 0; i < known.length; ++i) {
            registry.know(known[i]);
        }
        recorder.start();
    }

    // ------------------------------------------------------------------------------------------ deeds

    function origin() internal view returns (TrustOrigin memory) {
        return TrustOrigin(address(directory), COMPANY, platform);
    }

    function terms() internal view returns (DeedTerms memory) {
        return DeedTerms({
            settlor: issuer,
            protector: protector,
            settlementToken: address(dollar),
            shareClass: address(0),
            threshold: 2,
            challengePeriod: CHALLENGE,
            vacancyPeriod: VACANCY,
            longStop: uint40(LONG_STOP),
            platformFeeBps: 600,
            trusteeFeeBps: 0,
            spendthrift: false,
            revocable: false,
            vetoEnds: false,
            voteOpeningBps: 1000,
            voteQuorumBps: 2000,
            voteMajorityBps: 5000,
            voteDuration: 10 days,
            deedHash: keccak256("deed")
        });
    }

    function milestone(uint16 shareBps, uint8 follows) internal pure returns (Tranche memory t) {
        t.milestone = true;
        t.shareBps = shareBps;
        t.follows = follows;
    }

    /// @notice S07: the proceeds of a round, in milestones of 40, 35 and 25 per cent to the issuer, two trustees of three.
    function proceedsDeed() internal view returns (Deed memory deed) {
        deed.terms = terms();
        deed.trustees = new address[](3);
        (deed.trustees[0], deed.trustees[1], deed.trustees[2]) = (t1, t2, t3);
        deed.tranches = new Tranche[](3);
        deed.tranches[0] = milestone(4000, 0);
        deed.tranches[1] = milestone(3500, 1);
        deed.tranches[2] = milestone(2500, 2);
    }

    /// @notice Money and shares for X, Y and Z, with units 50, 30 and 20, and a worker who earns shares as time passes.
    function listedDeed() internal view returns (Deed memory deed) {
        deed = proceedsDeed();
        deed.terms.shareClass = address(class);
        deed.tranches = new Tranche[](4);
        deed.tranches[0] = Tranche(worker, true, false, 0, 0, uint40(START + 365 days), 100);
        deed.tranches[1] = Tranche(worker, true, false, 1, 0, uint40(START + 730 days), 200);
        deed.tranches[2] = Tranche(worker, false, true, 0, 0, 0, uint104(1000 * DOLLAR));
        deed.tranches[3] = Tranche(address(0), false, true, 0, 2500, 0, 0);
        deed.beneficiaries = new Beneficiary[](3);
        deed.beneficiaries[0] = Beneficiary(x, 50);
        deed.beneficiaries[1] = Beneficiary(y, 30);
        deed.beneficiaries[2] = Beneficiary(z, 20);
    }

    function openTrust(Deed memory deed) internal {
        requireHistory();
        delete round;
        trust = CustodyTrust(directory.open(address(template), DeedCodec.pack(deed, origin())));
        offices = TrustOffices(address(trust));
        books = TrustBooks(address(trust));
    }

    /// @notice A trust and the settled round that paid it 133,297.00.
    function openProceedsTrust(Deed memory deed) internal {
        openTrust(deed);
        bindRound();
        round.allot(idOf(x), x, 66_648, true);
        round.allot(idOf(y), y, 39_989, true);
        round.allot(idOf(z), z, 26_660, true);
        settleRound(133_297 * DOLLAR);
    }

    function bindRound() internal {
        round = fakeRound(address(dollar));
        directory.bindRound(address(trust), address(round));
    }

    function fakeRound(address money) internal returns (FakeRound) {
        address fake = address(new FakeRound());
        return FakeRound(Clones.cloneWithImmutableArgs(fake, abi.encodePacked(money, address(trust))));
    }

    function settleRound(uint256 proceeds) internal {
        round.become(IProceedsRound.Status.Settled);
        dollar.mint(address(round), proceeds);
        round.payProceeds();
    }

    /// @notice A trust for listed beneficiaries that holds 10,000.00 and 1,000 shares.
    function openListedTrust(Deed memory deed) internal {
        openTrust(deed);
        funds(address(dollar), 10_000 * DOLLAR);
        if (deed.terms.shareClass != address(0)) funds(address(class), 1000);
    }

    function funds(address asset, uint256 amount) internal {
        HostileDollar(asset).mint(issuer, amount);
        vm.startPrank(issuer);
        HostileDollar(asset).approve(address(trust), amount);
        trust.fund(asset, amount);
        vm.stopPrank();
    }

    // ------------------------------------------------------------------------------------------ acts

    /// @notice Moves the clock; until then the history must fold.
    function itIs(uint256 time) internal {
        requireHistory();
        vm.warp(time);
        vm.roll(block.number + 1);
    }

    function requireHistory() internal {
        recorder.capture();
        if (address(trust) != address(0)) recorder.requireSame(address(trust));
    }

    /// @notice The next call is to be refused with this reason.
    function refused(bytes memory reason) internal {
        recorder.capture();
        vm.expectRevert(reason);
    }

    function proposes(address by, uint8 tranche) internal returns (uint256) {
        vm.prank(by);
        return trust.propose(tranche, "");
    }

    function approves(address by, uint256 disbursement) internal {
        vm.prank(by);
        trust.approve(disbursement);
    }

    function rejects(address by, uint256 disbursement) internal {
        vm.prank(by);
        trust.reject(disbursement);
    }

    /// @notice Proposed by T1, approved by T2.
    function approved(uint8 tranche) internal returns (uint256 disbursement) {
        disbursement = proposes(t1, tranche);
        approves(t2, disbursement);
    }

    function executed(uint8 tranche) internal returns (uint256 disbursement) {
        disbursement = approved(tranche);
        itIs(block.timestamp + CHALLENGE);
        trust.execute(disbursement);
    }

    function suspends(uint256 disbursement) internal returns (FakeVote vote) {
        vote = new FakeVote();
        directory.suspend(address(trust), disbursement, address(vote));
    }

    function bindsVote(bytes32 motion) internal returns (FakeVote vote) {
        vote = new FakeVote();
        directory.bindVote(address(trust), motion, address(vote));
    }

    function passed(bytes32 motion) internal {
        bindsVote(motion).decide(IHolderVote.Outcome.Passed);
    }

    function backs(address by, bytes32 motion) internal {
        vm.prank(by);
        offices.support(motion, true);
    }

    /// @notice Removed for cause, by a vote or by the listed beneficiaries X and Y.
    function removes(address trustee) internal {
        bytes32 motion = books.removalMotion(trustee);
        if (address(round) != address(0)) {
            passed(motion);
            offices.removeTrustee(trustee, nobody());
        } else {
            backs(x, motion);
            backs(y, motion);
            offices.removeTrustee(trustee, both(x, y));
        }
    }

    function terminates(address by) internal {
        vm.prank(by);
        offices.terminate(true);
    }

    /// @notice T2 and T3 end the trust.
    function terminated() internal {
        terminates(t2);
        terminates(t3);
    }

    function resigns(address by) internal {
        vm.prank(by);
        offices.resign();
    }

    function claims(address who) internal returns (uint256) {
        return claims(who, address(dollar));
    }

    /// @notice Claimed by anyone; by identity where the trust holds proceeds.
    function claims(address who, address asset) internal returns (uint256 received) {
        received = HostileDollar(asset).balanceOf(who);
        vm.prank(outsider);
        trust.claim(address(round) == address(0) ? key(who) : idOf(who), asset);
        received = HostileDollar(asset).balanceOf(who) - received;
    }

    // ------------------------------------------------------------------------------------------ facts

    function idOf(address wallet) internal pure returns (bytes32) {
        return keccak256(abi.encode("salted identification of", wallet));
    }

    function key(address wallet) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(wallet)));
    }

    function nobody() internal pure returns (address[] memory) {
        return new address[](0);
    }

    /// @notice In ascending order.
    function both(address a, address b) internal pure returns (address[] memory list) {
        list = new address[](2);
        (list[0], list[1]) = a < b ? (a, b) : (b, a);
    }

    function one(address a) internal pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = a;
    }

    function ended() internal view returns (EndReason) {
        (TrustRecords.Fund memory f,) = books.fundOf();
        return f.ended;
    }

    function statusOf(uint256 tranche) internal view returns (DisbursementStatus) {
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(tranche);
        return d.status;
    }

    function assertStatus(uint256 tranche, DisbursementStatus expected) internal view {
        assertEq(uint256(statusOf(tranche)), uint256(expected), "status of the disbursement");
    }

    function assertEnded(EndReason expected) internal view {
        assertEq(uint256(ended()), uint256(expected), "why the trust ended");
    }

    function held() internal view returns (uint256) {
        return dollar.balanceOf(address(trust));
    }

    function notATrustee(address who) internal view returns (bytes memory) {
        return abi.encodeWithSelector(TrustRecords.NotATrustee.selector, who, address(trust));
    }

    function wrongStatus(uint256 disbursement, DisbursementStatus status) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(TrustRecords.WrongDisbursementStatus.selector, disbursement, status);
    }

    function plainly(bytes4 selector) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(selector);
    }
}
