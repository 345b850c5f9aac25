// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {IInvestorRegistry} from "../../../src/identity/IInvestorRegistry.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Persons} from "./Persons.sol";

/// @notice Who a wallet is, attested by the registrar.
contract InvestorRegistryAttestTest is Persons {
    // ------------------------------------------------------------------------------------------ refusals

    function test_LetsOnlyTheRegistrarAttest() public {
        address[4] memory others = [operator, guardian, recoverer, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.startPrank(others[i]);
            vm.expectRevert(notAuthorized(others[i], InvestorRegistry.attest.selector));
            registry.attest(given(alice), noLimits);
            vm.expectRevert(notAuthorized(others[i], InvestorRegistry.attestAll.selector));
            registry.attestAll(new InvestorRegistry.Attestation[](0), 0, 0, noAmounts);
            vm.stopPrank();
        }
    }

    function test_TakesNoMissingIdentity() public {
        InvestorRegistry.Attestation memory a = given(alice);
        a.identity = 0;
        isRefused(a, abi.encodeWithSelector(InvestorRegistry.IdentityMissing.selector));
    }

    function test_TakesNoMissingWallet() public {
        InvestorRegistry.Attestation memory a = given(alice);
        a.wallet = address(0);
        isRefused(a, abi.encodeWithSelector(InvestorRegistry.WalletMissing.selector));
    }

    function test_TakesNoMissingCategory() public {
        InvestorRegistry.Attestation memory a = given(alice);
        a.category = Category.None;
        isRefused(a, abi.encodeWithSelector(InvestorRegistry.CategoryMissing.selector));
    }

    function test_TakesNoCountryPastTheLastCode() public {
        InvestorRegistry.Attestation memory a = given(alice);
        a.country = 1000;
        isRefused(a, abi.encodeWithSelector(InvestorRegistry.CountryOutOfRange.selector, 1000, 999));
        a.country = 999;
        attests(a);
        assertEq(registry.investorCountry(alice), 999);
    }

    function test_TakesNoAttestationThatIsOver() public {
        InvestorRegistry.Attestation memory a = given(alice);
        a.expiresAt = uint40(block.timestamp);
        isRefused(
            a, abi.encodeWithSelector(InvestorRegistry.AttestationInThePast.selector, a.expiresAt, block.timestamp)
        );
        ++a.expiresAt;
        attests(a);
        assertEligible(alice, a.identity, true);
    }

    function test_TakesNoAttestationPastTheYear2514() public {
        InvestorRegistry.Attestation memory a = given(alice);
        a.expiresAt = 1 << 34;
        isRefused(a, abi.encodeWithSelector(InvestorRegistry.AttestationTooLong.selector, a.expiresAt, (1 << 34) - 1));
        --a.expiresAt;
        attests(a);
        assertEq(registry.investor(a.identity).expiresAt, a.expiresAt);
    }

    function test_TakesNoPersonWhoCountsForNobody() public {
        InvestorRegistry.Attestation memory a = given(alice);
        a.persons = 0;
        isRefused(a, abi.encodeWithSelector(InvestorRegistry.PersonsOutOfRange.selector, 0, Category.Retail));
        a.category = Category.Nominee;
        isRefused(a, abi.encodeWithSelector(InvestorRegistry.PersonsOutOfRange.selector, 0, Category.Nominee));
    }

    function test_TakesOnlyANomineeForSeveral() public {
        InvestorRegistry.Attestation memory a = given(alice);
        a.persons = 2;
        for (uint256 i = 1; i < uint256(Category.Nominee); ++i) {
            a.category = Category(i);
            isRefused(a, abi.encodeWithSelector(InvestorRegistry.PersonsOutOfRange.selector, 2, a.category));
        }
        a.category = Category.Nominee;
        attests(a);
        assertEq(registry.investor(a.identity).persons, 2);
    }

    function test_TakesNoWithholdingAboveTheMost() public {
        InvestorRegistry.Attestation memory a = given(alice);
        a.withholdingBps = 3501;
        isRefused(a, abi.encodeWithSelector(InvestorRegistry.WithholdingTooHigh.selector, 3501, 3500));
        a.withholdingBps = 3500;
        attests(a);
        assertEq(registry.investor(a.identity).withholdingBps, 3500);
    }

    function test_LeavesAWalletToItsPerson() public {
        attests(given(alice));
        InvestorRegistry.Attestation memory a = given(bob);
        a.wallet = alice;
        isRefused(
            a,
            abi.encodeWithSelector(
                InvestorRegistry.WalletBelongsToAnother.selector, alice, identityOf(alice), identityOf(bob)
            )
        );
    }

    function test_LeavesAPersonItsWallet() public {
        attests(given(alice));
        InvestorRegistry.Attestation memory a = given(alice);
        a.wallet = bob;
        isRefused(
            a, abi.encodeWithSelector(InvestorRegistry.IdentityHasAnotherWallet.selector, identityOf(alice), alice, bob)
        );
    }

    function test_TakesNoWalletBackThatWasGivenUp() public {
        attests(given(alice));
        succeeds(alice, bob);
        isRefused(
            given(alice),
            abi.encodeWithSelector(InvestorRegistry.IdentityHasAnotherWallet.selector, identityOf(alice), bob, alice)
        );
    }

    function test_GivesNoWalletThatWasGivenUpToAnother() public {
        attests(given(alice));
        succeeds(alice, bob);
        InvestorRegistry.Attestation memory a = given(carol);
        a.wallet = alice;
        isRefused(
            a,
            abi.encodeWithSelector(
                InvestorRegistry.WalletBelongsToAnother.selector, alice, identityOf(alice), identityOf(carol)
            )
        );
    }

    function test_AttestsNobodyWhoseEstateHasPassed() public {
        attests(given(alice));
        attests(given(bob));
        inherits(alice, bob);
        bytes memory passed =
            abi.encodeWithSelector(InvestorRegistry.EstateHasPassed.selector, identityOf(alice), identityOf(bob));
        isRefused(given(alice), passed);
        InvestorRegistry.Attestation memory a = given(alice);
        a.wallet = carol;
        isRefused(a, passed);
    }

    // ------------------------------------------------------------------------------------------ keeping

    function testFuzz_KeepsAllThatWasAttested(
        bytes32 identity,
        address wallet,
        uint16 country,
        uint8 category,
        uint40 expiresAt,
        uint16 persons,
        uint16 withholdingBps
    ) public {
        vm.assume(identity != 0 && wallet != address(0));
        IInvestorRegistry.Investor memory person = IInvestorRegistry.Investor({
            wallet: wallet,
            country: uint16(bound(country, 0, 999)),
            category: Category(bound(category, 1, 6)),
            expiresAt: uint40(bound(expiresAt, block.timestamp + 1, (1 << 34) - 1)),
            persons: 1,
            withholdingBps: uint16(bound(withholdingBps, 0, 3500))
        });
        if (person.category == Category.Nominee) person.persons = uint16(bound(persons, 1, type(uint16).max));
        attests(
            InvestorRegistry.Attestation(
                identity,
                wallet,
                person.country,
                person.category,
                person.expiresAt,
                person.persons,
                person.withholdingBps,
                "dossier"
            )
        );
        (bytes32 found, InvestorRegistry.Investor memory kept) = registry.holderOf(wallet);
        assertEq(found, identity);
        assertEq(abi.encode(kept), abi.encode(person));
        assertEq(abi.encode(registry.investor(identity)), abi.encode(person));
        assertEq(registry.currentWalletOf(identity), wallet);
        assertEq(registry.yearlyLimit(identity, REG_CF, USD), 0);
        assertEq(registry.investorCountry(wallet), person.country);
        (, Category known, bool eligible) = registry.personOf(wallet);
        assertEq(uint256(known), uint256(person.category));
        assertTrue(eligible);
    }

    function test_SaysWhatItKeeps() public {
        InvestorRegistry.Attestation memory a = attestation(alice, Category.Nominee, block.timestamp + 1 days);
        (a.persons, a.withholdingBps) = (40, 1500);
        vm.expectEmit(address(registry));
        emit InvestorRegistry.InvestorAttested(
            a.identity, alice, USA, Category.Nominee, a.expiresAt, 40, 1500, a.dossier
        );
        vm.expectEmit(address(registry));
        emit InvestorRegistry.YearlyLimitAttested(a.identity, REG_CF, USD, 7e6);
        vm.expectEmit(address(registry));
        emit InvestorRegistry.YearlyLimitAttested(a.identity, "EU-ECSP", "EUR", 8);
        InvestorRegistry.YearlyLimit[] memory two = new InvestorRegistry.YearlyLimit[](2);
        two[0] = InvestorRegistry.YearlyLimit(REG_CF, USD, 7e6);
        two[1] = InvestorRegistry.YearlyLimit("EU-ECSP", "EUR", 8);
        vm.prank(registrar);
        registry.attest(a, two);
        assertEq(registry.yearlyLimit(a.identity, REG_CF, USD), 7e6);
        assertEq(registry.yearlyLimit(a.identity, "EU-ECSP", "EUR"), 8);
        requireHistories();
    }

    function test_RenewsTheAttestation() public {
        attests(given(alice));
        itIs(block.timestamp + 400 days);
        assertEligible(alice, identityOf(alice), false);
        InvestorRegistry.Attestation memory renewed =
            attestation(alice, Category.Sophisticated, block.timestamp + 1 days);
        renewed.country = 250;
        attests(renewed);
        assertEligible(alice, identityOf(alice), true);
        assertEq(registry.investorCountry(alice), 250);
        assertEq(uint256(registry.investor(identityOf(alice)).category), uint256(Category.Sophisticated));
    }

    function test_KeepsTheLimitsThatAreNotGivenAnew() public {
        attests(given(alice), REG_CF, USD, 2500e6);
        attests(given(alice), "EU-ECSP", "EUR", 1000e6);
        attests(given(alice));
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), 2500e6);
        assertEq(registry.yearlyLimit(identityOf(alice), "EU-ECSP", "EUR"), 1000e6);
        attests(given(alice), REG_CF, USD, 0);
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), 0);
    }

    function test_RenewsUnderTheWalletThatSucceeded() public {
        attests(given(alice), REG_CF, USD, 2500e6);
        succeeds(alice, bob);
        InvestorRegistry.Attestation memory a = given(alice);
        a.wallet = bob;
        attests(a);
        assertEligible(bob, identityOf(alice), true);
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), 2500e6);
    }

    // ------------------------------------------------------------------------------------------ limits

    function testFuzz_KeepsAnyHomeLimitExactly(uint256 before, uint256 amount, bool whole) public {
        before = bound(before, 0, type(uint64).max);
        if (whole) amount = bound(amount, 0, 2e6) * 1e6;
        attests(given(alice), REG_CF, USD, before);
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), before);
        attests(given(alice), REG_CF, USD, amount);
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), amount);
        assertEligible(alice, identityOf(alice), true);
    }

    /// @dev The person, the wallet that is bound to it, and the history's head.
    function test_WritesNoSlotForAHomeLimitThatFits() public {
        assertEq(_slotsWrittenFor(alice, 1_048_574e6), 3);
        assertEq(_slotsWrittenFor(bob, 1_048_575e6), 4, "in a slot of its own");
        assertEq(_slotsWrittenFor(carol, 1), 4, "no whole unit");
    }

    function test_KeepsItElsewhereAndComesBack() public {
        uint256[6] memory amounts = [uint256(1_048_574e6), 1_048_575e6, 1_048_576e6, 124_000e6, 1, type(uint256).max];
        for (uint256 i = 0; i < amounts.length; ++i) {
            attests(given(alice), REG_CF, USD, amounts[i]);
            assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), amounts[i]);
            attests(given(alice));
            assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), amounts[i], "renewed");
        }
    }

    function test_KeepsEachRegimeAndCurrencyApart() public {
        attests(given(alice), REG_CF, USD, 1e6);
        attests(given(alice), REG_CF, "EUR", 2e6);
        attests(given(alice), "EU-ECSP", USD, 3e6);
        attests(given(alice), REG_CF, "GBP", 4e6);
        attests(given(alice), "OPEN", USD, 5e6);
        assertEq(registry.homeRegime(), REG_CF);
        assertEq(registry.homeCurrency(), USD);
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), 1e6);
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, "EUR"), 2e6);
        assertEq(registry.yearlyLimit(identityOf(alice), "EU-ECSP", USD), 3e6);
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, "GBP"), 4e6);
        assertEq(registry.yearlyLimit(identityOf(alice), "OPEN", USD), 5e6);
        assertEq(registry.yearlyLimit(identityOf(alice), "EU-ECSP", "EUR"), 0);
        assertEq(registry.yearlyLimit(identityOf(bob), REG_CF, USD), 0);
    }

    // ------------------------------------------------------------------------------------------ many

    function test_AttestsManyWithoutLimits() public {
        InvestorRegistry.Attestation[] memory many = _two();
        vm.expectEmit(address(registry));
        emit InvestorRegistry.InvestorAttested(
            identityOf(bob), bob, USA, Category.Accredited, many[1].expiresAt, 1, 0, many[1].dossier
        );
        vm.prank(registrar);
        registry.attestAll(many, REG_CF, USD, noAmounts);
        assertEligible(alice, identityOf(alice), true);
        assertEligible(bob, identityOf(bob), true);
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), 0);
    }

    function test_AttestsManyEachWithALimit() public {
        uint256[] memory amounts = new uint256[](2);
        (amounts[0], amounts[1]) = (2500e6, 5_000_000e6);
        vm.expectEmit(address(registry));
        emit InvestorRegistry.YearlyLimitAttested(identityOf(bob), REG_CF, USD, 5_000_000e6);
        vm.prank(registrar);
        registry.attestAll(_two(), REG_CF, USD, amounts);
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), 2500e6);
        assertEq(registry.yearlyLimit(identityOf(bob), REG_CF, USD), 5_000_000e6);
        vm.prank(registrar);
        registry.attestAll(_two(), "EU-ECSP", "EUR", amounts);
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), 2500e6);
        assertEq(registry.yearlyLimit(identityOf(alice), "EU-ECSP", "EUR"), 2500e6);
        assertEq(registry.yearlyLimit(identityOf(bob), REG_CF, USD), 5_000_000e6);
        requireHistories();
    }

    function test_TakesNoOtherNumberOfLimits() public {
        vm.startPrank(registrar);
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.LimitsDoNotMatch.selector, 2, 1));
        registry.attestAll(_two(), REG_CF, USD, new uint256[](1));
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.LimitsDoNotMatch.selector, 2, 3));
        registry.attestAll(_two(), REG_CF, USD, new uint256[](3));
    }

    function test_UndoesTheWholeList() public {
        InvestorRegistry.Attestation[] memory many = _two();
        many[1].category = Category.None;
        vm.expectRevert(InvestorRegistry.CategoryMissing.selector);
        vm.prank(registrar);
        registry.attestAll(many, 0, 0, noAmounts);
        assertUnknown(alice);
    }

    /// @dev Each once: every event writes the history's head.
    function _slotsWrittenFor(address wallet, uint256 amount) private returns (uint256 count) {
        vm.record();
        attests(given(wallet), REG_CF, USD, amount);
        (, bytes32[] memory written) = vm.accesses(address(registry));
        for (uint256 i = 0; i < written.length; ++i) {
            uint256 first = 0;
            while (written[first] != written[i]) ++first;
            if (first == i) ++count;
        }
    }

    function _two() private view returns (InvestorRegistry.Attestation[] memory many) {
        many = new InvestorRegistry.Attestation[](2);
        many[0] = given(alice);
        many[1] = attestation(bob, Category.Accredited, block.timestamp + 1 days);
    }
}
