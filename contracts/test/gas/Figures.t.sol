// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../src/distribution/Distribution.sol";
import {Category} from "../../src/identity/Category.sol";
import {InvestorRegistry} from "../../src/identity/InvestorRegistry.sol";
import {RoundTerms} from "../../src/round/RoundTerms.sol";
import {ClassTerms} from "../../src/share/ClassTerms.sol";
import {Calendar} from "../Calendar.sol";
import {Offerings} from "../Offerings.sol";

/// @notice The figures that users are promised: what a person pays in gas for each act, as a receipt says it, intrinsic
/// gas and calldata included, approvals not. Each call is a transaction of its own, so every slot is cold; instances are
/// clones; the money is DemoDollar; whoever is paid has a balance already. snapshots/Figures.json keeps them.
/// forge-config: default.isolate = true
contract FiguresTest is Offerings {
    uint256 private constant BATCH = 20;
    address[] private investors;

    function setUp() public override {
        super.setUp();
        attestTrustees();
        for (uint256 i = 0; i < BATCH; ++i) {
            address wallet = retail(string.concat("investor ", vm.toString(i)), 100_000);
            dollar.mint(wallet, 1);
            investors.push(wallet);
        }
        dollar.mint(issuer, 1);
        dollar.mint(platform, 1);
    }

    function _note(string memory name) private {
        vm.snapshotGasLastCall("Figures", name);
    }

    function _laterBy(uint256 time) private {
        itIs(block.timestamp + time);
    }

    function _sells() private {
        round = openRound(filedTerms());
        for (uint256 i = 0; i < BATCH; ++i) {
            _laterBy(1 hours);
            commits(investors[i], 300);
        }
        closes();
        tallies();
        _laterBy(1 days);
    }

    // ------------------------------------------------------------------------------------------ registrar

    function test_RegisteringOneInvestor() public {
        InvestorRegistry.YearlyLimit[] memory yearly = new InvestorRegistry.YearlyLimit[](1);
        yearly[0] = InvestorRegistry.YearlyLimit(REG_CF, USD, 2500e6);
        InvestorRegistry.Attestation memory given = attestation(outsider, Category.Retail, Calendar.day(2018, 1, 1));
        _laterBy(1 days);
        vm.prank(registrar);
        registry.attest(given, yearly);
        _note("one investor registered");
    }

    function test_RegisteringTwentyInvestors() public {
        InvestorRegistry.Attestation[] memory given = new InvestorRegistry.Attestation[](BATCH);
        uint256[] memory amounts = new uint256[](BATCH);
        for (uint256 i = 0; i < BATCH; ++i) {
            given[i] = attestation(
                makeAddr(string.concat("newcomer ", vm.toString(i))), Category.Retail, Calendar.day(2018, 1, 1)
            );
            amounts[i] = 2500e6;
        }
        _laterBy(1 days);
        vm.prank(registrar);
        registry.attestAll(given, REG_CF, USD, amounts);
        vm.snapshotValue("Figures", "one of 20 investors registered together", vm.lastCallGas().gasTotalUsed / BATCH);
    }

    // ------------------------------------------------------------------------------------------ rounds

    function test_OpeningARound() public {
        openRound(filedTerms());
        _laterBy(1);
        RoundTerms memory terms = filedTerms();
        terms.shareClass = address(openClass(companyId, issuer, AUTHORISED));
        _laterBy(1);
        terms.opensAt = uint40(block.timestamp);
        openRound(terms);
        _note("round opened");
    }

    function test_OpeningAnOffering() public {
        _laterBy(1);
        opensOffering(classTerms(companyId, AUTHORISED), filedTerms(), proceedsDeed());
        _note("share class, trust and round opened together");
    }

    function test_CommittingUnderRegulationCrowdfunding() public {
        round = openRound(filedTerms());
        _laterBy(1 days);
        commits(investors[0], 100);
        _note("commit under Regulation Crowdfunding, the round's first");
        _laterBy(1 days);
        commits(investors[1], 100);
        _note("commit under Regulation Crowdfunding, first");
        _laterBy(1 hours);
        commits(investors[1], 100);
        _note("commit under Regulation Crowdfunding, repeated on the same day");
        _laterBy(1 days);
        commits(investors[1], 100);
        _note("commit under Regulation Crowdfunding, repeated on another day");
    }

    function test_Refunding() public {
        round = openRound(filedTerms());
        commits(investors[0], 100);
        commits(investors[1], 100);
        closes();
        _laterBy(1 days);
        vm.prank(investors[0]);
        round.refund(identityOf(investors[0]));
        _note("refund");
    }

    function test_SettlingTwenty() public {
        _sells();
        round.settle(BATCH);
        vm.snapshotValue("Figures", "settled, one of 20 together", vm.lastCallGas().gasTotalUsed / BATCH);
    }

    // ------------------------------------------------------------------------------------------ shares

    function test_TransferringSharesBetweenHolders() public {
        _sells();
        settles();
        itIs(Calendar.day(2018, 8, 1));
        vm.prank(investors[1]);
        share.transfer(investors[2], 100);
        _note("share transfer between holders");
    }

    function test_TransferringSharesWithACapAndExcludedCountries() public {
        ClassTerms memory class = classTerms(companyId, AUTHORISED);
        class.holderCap = 200;
        class.smallestHolding = 10;
        class.excludedCountries = new uint16[](3);
        (class.excludedCountries[0], class.excludedCountries[1], class.excludedCountries[2]) = (408, 364, 643);
        share = openClass(issuer, class);
        _sells();
        settles();
        itIs(Calendar.day(2018, 8, 1));
        vm.prank(investors[1]);
        share.transfer(investors[2], 100);
        _note("share transfer between holders, with a holder cap and excluded countries");
    }

    // ------------------------------------------------------------------------------------------ distributions

    function _distributes() private returns (uint256 id) {
        vm.prank(issuer);
        uint16 recordDate = share.declareRecordDate(uint40(block.timestamp + 10 days));
        _laterBy(10 days);
        dollar.mint(issuer, 6000 * DOLLAR);
        vm.startPrank(issuer);
        dollar.approve(address(payout), 6000 * DOLLAR);
        id = payout.declareAndFund(
            Distribution.Kind.Dividend, recordDate, uint96(6000 * DOLLAR), keccak256("resolution of the board")
        );
        vm.stopPrank();
        _laterBy(1 days);
    }

    function test_ClaimingDistributions() public {
        _sells();
        settles();
        payout = openDistribution();
        uint256 id = _distributes();
        vm.prank(investors[0]);
        payout.claim(id);
        vm.prank(investors[1]);
        payout.claim(id);
        _note("distribution claimed, first");
        id = _distributes();
        vm.prank(investors[0]);
        payout.claim(id);
        vm.prank(investors[1]);
        payout.claim(id);
        _note("distribution claimed, repeated");
    }

    // ------------------------------------------------------------------------------------------ trusts

    function test_ReleasingAMilestone() public {
        opensOffering(classTerms(companyId, AUTHORISED), filedTerms(), proceedsDeed());
        commits(investors[0], 5000);
        endsWell();
        _laterBy(1 days);
        vm.prank(trusteeOne);
        uint256 disbursement = trust.propose(1, "reached");
        _note("trust, disbursement proposed");
        _laterBy(1 days);
        vm.prank(trusteeTwo);
        trust.approve(disbursement);
        _note("trust, disbursement approved");
        _laterBy(7 days);
        trust.execute(disbursement);
        _note("trust, disbursement executed");
    }
}
