// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../src/distribution/Distribution.sol";
import {Category} from "../../src/identity/Category.sol";
import {Refusal} from "../../src/share/Refusal.sol";
import {Deed, Tranche} from "../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../src/trust/TrustRecords.sol";
import {DisbursementStatus, EndReason} from "../../src/trust/TrustWords.sol";
import {Calendar} from "../Calendar.sol";
import {SharesInTrust} from "./SharesInTrust.sol";

/// @notice A company's plan for two employees: 1,000 shares in trust, of which Ada earns 250 after one year and 250
/// after two, Ben 300 when his product ships, and a fifth of the fund after one year. The board protects; what nobody
/// earns falls back to the company.
contract EmployeePlanTest is SharesInTrust {
    address private board = makeAddr("board");
    address private ada;
    address private ben;
    uint256 private firstYear;
    uint256 private secondYear;

    function setUp() public override {
        super.setUp();
        attestTrustees();
        accredited("issuer");
        (ada, ben) = (retail("Ada", 0), retail("Ben", 0));
        (firstYear, secondYear) = (Calendar.day(2018, 5, 9), Calendar.day(2019, 5, 9));
        issues(accredited("founder"), 5000);
        opens(_deed());
        issuesInTrust(1000);
        assertPosition(0, address(share), 1000, 1000);
    }

    function test_SharesAreEarnedByTimeAndByMilestone() public {
        _nobodyEarnsAnythingEarly();
        _adaEarnsHerFirstYear();
        _benEarnsHisMilestoneAndHisFifth();
        assertPosition(0, address(share), 250, 250);
        itIs(secondYear);
        executes(proposes(outsider, 2));
        assertEq(share.balanceOf(ada), 500);
        vm.prank(outsider);
        offices.end();
        assertEnded(EndReason.PlanCompleted);
        assertPosition(0, address(share), 0, 0);
        assertEq(share.totalSupply(), 6000);
        assertEq(share.holderCount(), 3, "the founder, Ada and Ben");
        requireHistories();
    }

    /// @dev The board vetoes what is due by time alone, as often as anyone proposes it, and the rest goes back.
    function test_WhoLeavesEarlyEarnsNothingMore() public {
        itIs(firstYear);
        executes(proposes(ada, 1));
        itIs(secondYear);
        for (uint256 attempt = 1; attempt <= 3; ++attempt) {
            uint256 disbursement = proposes(ada, 2);
            assertEq(disbursement, attempt << 8 | 2);
            itIs(block.timestamp + CHALLENGE - 1);
            vm.prank(board);
            offices.veto(disbursement);
            itIs(block.timestamp + 1);
            refused(wrongStatus(disbursement, DisbursementStatus.Vetoed));
            trust.execute(disbursement);
        }
        _companyTakesTheRestBack(750);
        assertEq(share.balanceOf(ada), 250);
        assertEq(share.totalSupply(), 5250);
        requireHistories();
    }

    function test_ALostKeyAndALapsedAttestationOnlyPutItOff() public {
        itIs(firstYear);
        uint256 disbursement = proposes(outsider, 1);
        revoke(ada);
        itIs(block.timestamp + CHALLENGE);
        refused(transferRefused(address(trust), ada, 250, Refusal.ReceiverNotEligible));
        trust.execute(disbursement);
        attest(ada, Category.Retail, 0, block.timestamp + 3650 days);
        address newAda = makeAddr("new wallet of Ada");
        recovers(ada, newAda);
        refused(abi.encodeWithSelector(TrustRecords.WalletWasSucceeded.selector, ada, newAda));
        trust.execute(disbursement);
        vm.prank(outsider);
        offices.moveRecipient(ada);
        executes(disbursement);
        assertEq(share.balanceOf(newAda), 250);
        itIs(secondYear);
        executes(proposes(newAda, 2));
        assertEq(share.balanceOf(newAda), 500);
        assertEq(share.balanceOf(ada), 0);
        requireHistories();
    }

    /// @dev The plan holds no money, so what its shares are due stays owed; the others are paid.
    function test_ADividendOnSharesNotEarnedYetIsNotLostInThePlan() public {
        payout = openDistribution();
        vm.prank(issuer);
        uint16 recordDate = share.declareRecordDate(uint40(block.timestamp + 1 days));
        itIs(block.timestamp + 1 days);
        dollar.mint(issuer, 600 * DOLLAR);
        vm.startPrank(issuer);
        dollar.approve(address(payout), 600 * DOLLAR);
        uint256 id = payout.declareAndFund(
            Distribution.Kind.Dividend, recordDate, uint96(600 * DOLLAR), keccak256("resolution")
        );
        vm.stopPrank();
        address[] memory holders = new address[](2);
        (holders[0], holders[1]) = (address(trust), makeAddr("founder"));
        vm.prank(outsider);
        assertEq(payout.claimMany(id, holders), 1);
        assertEq(dollar.balanceOf(makeAddr("founder")), 500 * DOLLAR);
        assertEq(payout.dueTo(id, address(trust)).entitlement, 100 * DOLLAR);
        refused(abi.encodeWithSelector(Distribution.TrustHoldsOtherMoney.selector, address(trust), address(dollar)));
        payout.claimFor(id, address(trust));
        recorder.forget();
        assertEq(payout.conserved()[0].owed, 100 * DOLLAR);
        requireHistories();
    }

    function test_AFifthOfTheFundIsAFifthAfterASplitThatCameFirst() public {
        vm.prank(issuer);
        share.split(2);
        assertPosition(0, address(share), 2000, 1000);
        vm.prank(trusteeOne);
        trust.takeIn(address(share));
        assertPosition(0, address(share), 2000, 2000);
        itIs(firstYear);
        executes(proposes(ben, 4));
        assertEq(share.balanceOf(ben), 400, "a fifth");
        executes(proposes(ada, 1));
        assertEq(share.balanceOf(ada), 250, "a number stays a number");
        assertPosition(0, address(share), 1350, 1350);
        requireHistories();
    }

    /// @dev What was released before a split counts in shares of that time: of the second half a quarter stays behind, for
    /// the company to make good.
    function test_ASplitBetweenTwoHalvesOfTheFundLeavesAPartOfTheSecondBehind() public {
        Deed memory deed = _deed();
        deed.tranches = new Tranche[](2);
        deed.tranches[0] = vesting(ada, 0, firstYear, 0);
        deed.tranches[1] = vesting(ada, 1, secondYear, 0);
        (deed.tranches[0].shareBps, deed.tranches[1].shareBps) = (5000, 5000);
        opens(deed);
        issuesInTrust(1000);
        itIs(firstYear);
        executes(proposes(ada, 1));
        assertEq(share.balanceOf(ada), 500);
        vm.prank(issuer);
        share.split(2);
        vm.prank(trusteeTwo);
        trust.takeIn(address(share));
        assertPosition(0, address(share), 1000, 1000);
        itIs(secondYear);
        executes(proposes(ada, 2));
        assertEq(share.balanceOf(ada), 1000 + 750, "of 2,000");
        assertPosition(0, address(share), 250, 250);
        _companyTakesTheRestBack(250);
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ the story

    function _nobodyEarnsAnythingEarly() private {
        itIs(firstYear - 1);
        refused(abi.encodeWithSelector(TrustRecords.TrancheNotDue.selector, firstYear, firstYear - 1));
        proposes(ada, 1);
        refused(abi.encodeWithSelector(TrustRecords.TrancheOutOfOrder.selector, 2, 1));
        proposes(ada, 2);
        refused(abi.encodeWithSelector(TrustRecords.MayNotPropose.selector, ada));
        proposes(ada, 3);
    }

    function _adaEarnsHerFirstYear() private {
        itIs(firstYear);
        uint256 disbursement = proposes(outsider, 1);
        itIs(firstYear + CHALLENGE - 1);
        refused(
            abi.encodeWithSelector(
                TrustRecords.ChallengePeriodRuns.selector, firstYear + CHALLENGE, firstYear + CHALLENGE - 1
            )
        );
        trust.execute(disbursement);
        executes(disbursement);
        assertEq(share.balanceOf(ada), 250);
        assertPosition(0, address(share), 750, 750);
        refused(abi.encodeWithSelector(TrustRecords.TrancheNotDue.selector, secondYear, block.timestamp));
        proposes(ada, 2);
    }

    function _benEarnsHisMilestoneAndHisFifth() private {
        uint256 shipped = proposes(ben, 3);
        approves(trusteeOne, shipped);
        refused(wrongStatus(shipped, DisbursementStatus.Proposed));
        trust.execute(shipped);
        approves(trusteeThree, shipped);
        executes(shipped);
        assertEq(share.balanceOf(ben), 300);
        refused(abi.encodeWithSelector(TrustRecords.MayNotPropose.selector, outsider));
        proposes(outsider, 4);
        executes(proposes(ben, 4));
        assertEq(share.balanceOf(ben), 500, "300, and a fifth of 1,000");
    }

    function _companyTakesTheRestBack(uint256 rest) private {
        bytes32 motion = books.endMotion();
        backs(issuer, motion);
        address[] memory sole = new address[](1);
        sole[0] = issuer;
        offices.endByBeneficiaries(sole);
        assertEq(claims(issuer, address(share)), rest);
        assertPosition(0, address(share), 0, 0);
        vm.prank(issuer);
        share.cancelShares(uint64(rest));
    }

    // ------------------------------------------------------------------------------------------ inside

    function _deed() private view returns (Deed memory deed) {
        deed = shareDeed(issuer, issuer);
        deed.terms.protector = board;
        deed.tranches = new Tranche[](4);
        deed.tranches[0] = vesting(ada, 0, firstYear, 250);
        deed.tranches[1] = vesting(ada, 1, secondYear, 250);
        deed.tranches[2] = milestone(ben, 0, 300);
        deed.tranches[3] = vesting(ben, 0, firstYear, 0);
        deed.tranches[3].shareBps = 2000;
    }
}
