// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../../src/ledger/Companies.sol";
import {Directory} from "../../../src/ledger/Directory.sol";
import {Platform} from "../../../src/ledger/Platform.sol";
import {RoundTerms} from "../../../src/round/RoundTerms.sol";
import {DemoDollar} from "../../../src/settlement/DemoDollar.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice What the platform and the companies write into the Directory, and who may.
contract CompaniesTest is Ledger {
    // ------------------------------------------------------------------------------------------ birth

    function test_AnnouncesItselfWithItsTemplatesFeeRecipientAndRules() public {
        address born = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.expectEmit(born);
        emit Directory.DirectoryOpened(_templates(), address(limits), directory.recovery());
        vm.expectEmit(born);
        emit Platform.FeeRecipientSet(platform);
        vm.expectEmit(born);
        emit Platform.RulesAllowed(address(rules), true);
        vm.expectEmit(born);
        emit Platform.RulesAllowed(address(openRules), true);
        _deployDirectory();
    }

    function test_SaysWhatItWasBornWith() public view {
        assertEq(directory.authority(), address(authority));
        assertEq(directory.shareTemplate(), address(shareTemplate));
        assertEq(directory.roundTemplate(), address(roundTemplate));
        assertEq(directory.trustTemplate(), address(trustTemplate));
        assertEq(directory.distributionTemplate(), address(distributionTemplate));
        assertEq(directory.voteTemplate(), address(voteTemplate));
        assertEq(address(directory.drafts()), address(drafts));
        assertEq(directory.recovery(), address(recovery));
        assertEq(address(directory.limits()), address(limits));
        assertEq(directory.feeRecipient(), platform);
        assertTrue(directory.rulesAllowed(address(rules)));
        assertFalse(directory.rulesAllowed(outsider));
        assertEq(directory.MOST_FEE_BPS(), 1000);
    }

    // ------------------------------------------------------------------------------------------ companies

    function test_RegistersACompany() public {
        vm.expectEmit(address(directory));
        emit Companies.CompanyRegistered(2, outsider, 1000, "Beta Corp", "Ohio 1");
        vm.prank(operator);
        assertEq(directory.registerCompany(outsider, 1000, "Beta Corp", "Ohio 1"), 2);
        assertEq(directory.companyCount(), 2);
        assertEq(directory.controllerOf(2), outsider);
        Companies.Company memory company = directory.company(2);
        assertEq(company.controller, outsider);
        assertEq(company.feeBps, 1000);
        assertEq(company.name, "Beta Corp");
        assertEq(company.registration, "Ohio 1");
        assertEq(directory.controllerOf(3), address(0));
    }

    function test_RegistersNoCompanyThatNobodyControls() public {
        vm.expectRevert(Companies.ControllerMissing.selector);
        vm.prank(operator);
        directory.registerCompany(address(0), 0, "Beta Corp", "");
    }

    function test_RegistersNoCompanyWithoutAName() public {
        vm.expectRevert(Companies.CompanyNameMissing.selector);
        vm.prank(operator);
        directory.registerCompany(outsider, 0, "", "");
    }

    function test_TakesNoFeeAboveTheMost() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.FeeTooHigh.selector, 1001, 1000));
        vm.prank(operator);
        directory.registerCompany(outsider, 1001, "Beta Corp", "");
    }

    function test_OnlyTheOperatorRegistersAndLists() public {
        vm.startPrank(registrar);
        vm.expectRevert(notAuthorized(registrar, Companies.registerCompany.selector));
        directory.registerCompany(outsider, 0, "Beta Corp", "");
        vm.expectRevert(notAuthorized(registrar, Platform.listSettlementToken.selector));
        directory.listSettlementToken(address(dollar), USD);
        vm.expectRevert(notAuthorized(registrar, Platform.delistSettlementToken.selector));
        directory.delistSettlementToken(address(dollar));
    }

    // ------------------------------------------------------------------------------------------ tokens

    function test_ListsATokenWithItsCurrencyAndDecimals() public {
        DemoDollar other = DemoDollar(deployCode("DemoDollar.sol"));
        vm.expectEmit(address(directory));
        emit Platform.SettlementTokenListed(address(other), "EUR", 6);
        vm.prank(operator);
        directory.listSettlementToken(address(other), "EUR");
        Platform.SettlementToken memory token = directory.settlementToken(address(other));
        assertEq(token.currency, bytes3("EUR"));
        assertEq(token.decimals, 6);
    }

    function test_DelistsATokenForNewRoundsOnly() public {
        round = openRound(filedTerms());
        vm.expectEmit(address(directory));
        emit Platform.SettlementTokenDelisted(address(dollar));
        vm.prank(operator);
        directory.delistSettlementToken(address(dollar));
        assertEq(directory.settlementToken(address(dollar)).currency, bytes3(0));
        commits(retail("alice", 2500), 100);
        RoundTerms memory terms = filedTerms();
        vm.expectRevert(abi.encodeWithSelector(Platform.NotASettlementToken.selector, address(dollar)));
        vm.prank(issuer);
        directory.openRound(terms);
    }

    function test_ListsNoTokenWithoutACurrency() public {
        vm.expectRevert(Platform.CurrencyMissing.selector);
        vm.prank(operator);
        directory.listSettlementToken(address(dollar), 0);
    }

    function test_DelistsNoTokenThatIsNotListed() public {
        vm.expectRevert(abi.encodeWithSelector(Platform.NotASettlementToken.selector, outsider));
        vm.prank(operator);
        directory.delistSettlementToken(outsider);
    }

    // ------------------------------------------------------------------------------------------ ADMIN's

    function test_AdminAllowsAndForbidsRulesForNewRounds() public {
        administers(address(directory), abi.encodeCall(Platform.allowRules, (outsider, true)));
        assertTrue(directory.rulesAllowed(outsider));
        vm.prank(admin);
        authority.schedule(address(directory), abi.encodeCall(Platform.allowRules, (outsider, false)), 0);
        itIs(block.timestamp + ADMIN_DELAY);
        vm.expectEmit(address(directory));
        emit Platform.RulesAllowed(outsider, false);
        vm.prank(admin);
        authority.execute(address(directory), abi.encodeCall(Platform.allowRules, (outsider, false)));
        assertFalse(directory.rulesAllowed(outsider));
    }

    function test_ANewFeeRecipientIsThatOfLaterRoundsOnly() public {
        round = openRound(filedTerms());
        administers(address(directory), abi.encodeCall(Platform.setFeeRecipient, (outsider)));
        assertEq(directory.feeRecipient(), outsider);
        commits(retail("alice", 100_000), 5000);
        closes();
        tallies();
        settles();
        round.payFee();
        assertEq(dollar.balanceOf(platform), 600 * DOLLAR);
        assertEq(dollar.balanceOf(outsider), 0);
    }

    function test_AFeeRecipientThereMustBe() public {
        bytes memory call = abi.encodeCall(Platform.setFeeRecipient, (address(0)));
        vm.prank(admin);
        authority.schedule(address(directory), call, 0);
        itIs(block.timestamp + ADMIN_DELAY);
        vm.expectRevert(Platform.FeeRecipientMissing.selector);
        vm.prank(admin);
        authority.execute(address(directory), call);
    }

    function test_EvenAdminDoesNothingWithoutItsDelay() public {
        vm.startPrank(admin);
        vm.expectRevert(notAuthorized(admin, Platform.allowRules.selector));
        directory.allowRules(outsider, true);
        vm.expectRevert(notAuthorized(admin, Platform.setFeeRecipient.selector));
        directory.setFeeRecipient(admin);
    }

    // ------------------------------------------------------------------------------------------ the list of tokens

    function _lists(bytes3 currency) private returns (address token) {
        token = deployCode("DemoDollar.sol");
        vm.prank(operator);
        directory.listSettlementToken(token, currency);
    }

    function test_ListsNoTokenWithTooManyDecimals() public {
        vm.mockCall(outsider, abi.encodeWithSignature("decimals()"), abi.encode(19));
        vm.expectRevert(abi.encodeWithSelector(Platform.TooManyDecimals.selector, 19, 18));
        vm.prank(operator);
        directory.listSettlementToken(outsider, USD);
        vm.mockCall(outsider, abi.encodeWithSignature("decimals()"), abi.encode(18));
        vm.prank(operator);
        directory.listSettlementToken(outsider, USD);
        assertEq(directory.settlementToken(outsider).decimals, 18);
    }

    function test_KeepsATokensPlaceWhenListedAgain() public {
        address second = _lists("EUR");
        vm.prank(operator);
        directory.listSettlementToken(address(dollar), "USX");
        address[] memory all = directory.settlementTokens(0, type(uint256).max);
        assertEq(all.length, 2);
        assertEq(all[0], address(dollar));
        assertEq(all[1], second);
        assertEq(directory.settlementToken(address(dollar)).currency, bytes3("USX"));
        assertEq(directory.settlementToken(address(dollar)).place, 1);
    }

    function test_PagesThroughTheTokens() public {
        address second = _lists("EUR");
        address third = _lists("CNY");
        address[] memory page = directory.settlementTokens(1, 1);
        assertEq(page.length, 1);
        assertEq(page[0], second);
        page = directory.settlementTokens(1, 5);
        assertEq(page.length, 2);
        assertEq(page[1], third);
        assertEq(directory.settlementTokens(3, 5).length, 0);
        assertEq(directory.settlementTokens(9, type(uint256).max).length, 0);
    }

    function test_ClosesTheGapInTheList() public {
        address second = _lists("EUR");
        address third = _lists("CNY");
        vm.startPrank(operator);
        directory.delistSettlementToken(address(dollar));
        assertEq(directory.settlementTokens(0, 9)[0], third);
        assertEq(directory.settlementTokens(0, 9)[1], second);
        assertEq(directory.settlementToken(third).place, 1);
        directory.delistSettlementToken(second);
        directory.delistSettlementToken(third);
        assertEq(directory.settlementTokens(0, 9).length, 0);
        assertEq(directory.settlementToken(third).place, 0);
        vm.expectRevert(abi.encodeWithSelector(Platform.NotASettlementToken.selector, third));
        directory.delistSettlementToken(third);
    }
}
