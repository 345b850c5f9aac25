// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Refusal} from "../../src/share/Refusal.sol";
import {Deed, Tranche} from "../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../src/trust/TrustRecords.sol";
import {DisbursementStatus, EndReason} from "../../src/trust/TrustWords.sol";
import {SharesInTrust} from "./SharesInTrust.sol";

/// @notice A founder puts 900 of 1,000 locked shares into escrow, released in thirds as milestones are reached; two
/// investors, with 60 and 40 units, may veto. While they agree the founder gets them back step by step; when they do not,
/// the founder calls it off and takes the rest, or the trustees end it and the investors do, as the deed says.
contract FoundersEscrowTest is SharesInTrust {
    address private founder;
    address private x;
    address private y;
    uint256 private lockedUntil;

    function setUp() public override {
        super.setUp();
        attestTrustees();
        founder = retail("founder", 0);
        (x, y) = (accredited("X"), accredited("Y"));
        lockedUntil = block.timestamp + 730 days;
        vm.prank(issuer);
        share.issueByCompany(founder, 1000, uint64(lockedUntil));
    }

    function test_ReleasesAThirdAtEachMilestone() public {
        _putsIntoEscrow(false);
        for (uint8 tranche = 1; tranche <= 3; ++tranche) {
            uint256 disbursement = proposes(founder, tranche);
            approves(trusteeOne, disbursement);
            approves(trusteeTwo, disbursement);
            executes(disbursement);
            assertEq(share.balanceOf(founder), 100 + 300 * uint256(tranche));
            assertPosition(0, address(share), 900 - 300 * uint256(tranche), 900 - 300 * uint256(tranche));
        }
        assertEq(share.lockedOf(founder), 1000, "escrow shortens no lock");
        assertEq(share.lotsOf(founder)[0].lockedUntil, lockedUntil);
        assertEq(share.holderCount(), 1);
        offices.end();
        assertEnded(EndReason.PlanCompleted);
        refused(abi.encodeWithSelector(TrustRecords.NothingToPay.selector));
        trust.claim(key(founder), address(share));
        requireHistories();
    }

    function test_AVetoAndARejectionSendTheRestBackToTheFounder() public {
        _putsIntoEscrow(true);
        _firstMilestone();
        _secondMilestoneIsVetoed();
        _secondMilestoneIsRejected();
        refused(abi.encodeWithSelector(TrustRecords.NotTheSettlor.selector, x, founder));
        vm.prank(x);
        offices.revoke();
        vm.prank(founder);
        offices.revoke();
        assertEnded(EndReason.Revoked);
        assertPosition(0, address(share), 600, 600);
        refused(abi.encodeWithSelector(TrustRecords.NothingToPay.selector));
        trust.claim(key(x), address(share));
        assertEq(claims(founder, address(share)), 600);
        assertPosition(0, address(share), 0, 0);
        assertEq(share.balanceOf(founder), 1000, "all that the founder put in, and nothing more");
        assertEq(share.lockedOf(founder), 1000);
        requireHistories();
    }

    function test_WhereTheDeedIsIrrevocableADisagreementLeavesTheRestToTheInvestors() public {
        _putsIntoEscrow(false);
        _firstMilestone();
        _secondMilestoneIsVetoed();
        _secondMilestoneIsRejected();
        refused(abi.encodeWithSelector(TrustRecords.NotRevocable.selector));
        vm.prank(founder);
        offices.revoke();
        terminates(trusteeOne);
        assertEnded(EndReason.None);
        terminates(trusteeTwo);
        assertEnded(EndReason.TrusteesDecided);
        assertEq(claims(y, address(share)), 240, "40 of 100 units");
        assertEq(claims(x, address(share)), 360, "60 of 100 units");
        assertEq(share.lockedOf(x), 360, "the lock goes with them");
        assertEq(share.balanceOf(founder), 400);
        assertPosition(0, address(share), 0, 0);
        assertEq(share.holderCount(), 3);
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ the story

    /// @dev Locked shares go into a trust of their holder and back by an exemption that is attested (17 CFR
    /// 227.501(a)(4)).
    function _putsIntoEscrow(bool revocable) private {
        opens(_deed(revocable));
        vm.prank(founder);
        share.approve(address(trust), 900);
        refused(transferRefused(founder, address(trust), 900, Refusal.Locked));
        vm.prank(founder);
        trust.fund(address(share), 900);
        vm.startPrank(registrar);
        registry.attestExemptTransfer(founder, address(trust), uint40(lockedUntil), "trust of the holder");
        registry.attestExemptTransfer(address(trust), founder, uint40(lockedUntil), "trust of the holder");
        vm.stopPrank();
        vm.prank(founder);
        trust.fund(address(share), 900);
        assertPosition(0, address(share), 900, 900);
        assertEq(share.lockedOf(address(trust)), 900);
        assertEq(share.holderCount(), 3, "the founder, and two behind the trust");
    }

    function _firstMilestone() private {
        uint256 disbursement = proposes(trusteeOne, 1);
        approves(trusteeTwo, disbursement);
        executes(disbursement);
        assertEq(share.balanceOf(founder), 400);
        assertPosition(0, address(share), 600, 600);
    }

    /// @dev Y alone has too few units, X enough.
    function _secondMilestoneIsVetoed() private {
        uint256 disbursement = proposes(founder, 2);
        assertEq(disbursement, 256 + 2);
        approves(trusteeOne, disbursement);
        approves(trusteeTwo, disbursement);
        bytes32 motion = books.vetoMotion(disbursement);
        backs(y, motion);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, motion, 40, 100));
        offices.vetoByBeneficiaries(disbursement, _only(y));
        backs(x, motion);
        itIs(block.timestamp + CHALLENGE - 1);
        offices.vetoByBeneficiaries(disbursement, _only(x));
        itIs(block.timestamp + 1);
        refused(wrongStatus(disbursement, DisbursementStatus.Vetoed));
        trust.execute(disbursement);
    }

    function _secondMilestoneIsRejected() private {
        uint256 disbursement = proposes(founder, 2);
        assertEq(disbursement, 512 + 2);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, books.vetoMotion(514), 0, 100));
        offices.vetoByBeneficiaries(disbursement, _only(x));
        approves(trusteeOne, disbursement);
        rejects(trusteeTwo, disbursement);
        rejects(trusteeThree, disbursement);
        refused(wrongStatus(disbursement, DisbursementStatus.Rejected));
        trust.execute(disbursement);
        refused(abi.encodeWithSelector(TrustRecords.TrancheOutOfOrder.selector, 3, 2));
        proposes(founder, 3);
    }

    // ------------------------------------------------------------------------------------------ inside

    function _deed(bool revocable) private view returns (Deed memory deed) {
        deed = shareDeed(founder, x);
        deed.terms.revocable = revocable;
        deed.beneficiaries = listed(x, 60, y, 40);
        deed.tranches = new Tranche[](3);
        for (uint8 i = 0; i < 3; ++i) {
            deed.tranches[i] = milestone(founder, i, 300);
        }
    }

    function _only(address supporter) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = supporter;
    }
}
