// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../../../src/identity/InvestmentLimits.sol";
import {Companies} from "../../../src/ledger/Companies.sol";
import {Directory} from "../../../src/ledger/Directory.sol";
import {Drafts} from "../../../src/ledger/Drafts.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {RoundOrigin, RoundTerms} from "../../../src/round/RoundTerms.sol";
import {ClassTerms} from "../../../src/share/ClassTerms.sol";
import {Offerings} from "../../Offerings.sol";

contract OpenOfferingTest is Offerings {
    RoundTerms private terms;

    function setUp() public override {
        super.setUp();
        attestTrustees();
        terms = filedTerms();
    }

    function _offers() private {
        terms.shareClass = address(0);
        terms.trust = address(0);
        opensOffering(classTerms(companyId, AUTHORISED), terms, proceedsDeed());
    }

    function _isRefused(bytes memory reason) private {
        vm.expectRevert(reason);
        vm.prank(issuer);
        directory.openRound(terms);
    }

    function _offered() private view returns (uint256) {
        return limits.offeringUsed(directory.issuerKey(companyId), REG_CF, USD);
    }

    function test_NamesNeitherClassNorTrust() public {
        vm.expectRevert(abi.encodeWithSelector(Directory.OpenedInTheSameTransaction.selector, address(share)));
        vm.prank(issuer);
        directory.openOffering(classTerms(companyId, AUTHORISED), terms, proceedsDeed());
        terms.shareClass = address(0);
        terms.trust = outsider;
        vm.expectRevert(abi.encodeWithSelector(Directory.OpenedInTheSameTransaction.selector, outsider));
        vm.prank(issuer);
        directory.openOffering(classTerms(companyId, AUTHORISED), terms, proceedsDeed());
    }

    function test_OpensAllOrNone() public {
        uint256 before = directory.instanceCount();
        terms.shareClass = address(0);
        terms.price = 0;
        vm.expectRevert(Drafts.PriceMissing.selector);
        vm.prank(issuer);
        directory.openOffering(classTerms(companyId, AUTHORISED), terms, proceedsDeed());
        recorder.forget();
        assertEq(directory.instanceCount(), before);
    }

    function test_OpensClassTrustAndRoundTogether() public {
        _offers();
        assertEq(directory.instanceCount(), 4);
        address[] memory newest = directory.companyInstances(companyId, address(0), 3);
        assertEq(newest[0], address(round));
        assertEq(newest[1], address(trust));
        assertEq(newest[2], address(share));
        (RoundTerms memory opened, RoundOrigin memory origin) = round.terms();
        assertEq(opened.shareClass, address(share));
        assertEq(opened.trust, address(trust));
        assertEq(origin.directory, address(directory));
        assertEq(origin.companyId, companyId);
        assertEq(origin.feeRecipient, platform);
        assertEq(share.reservedFor(address(round)), 50_000);
        requireHistories();
    }

    function test_ReservesTheIssuersTwelveMonths() public {
        _offers();
        assertEq(_offered(), 100_000e6);
    }

    function test_CountsOpenRoundsOfAllClassesAgainstTheLimit() public {
        terms.price = uint128(50 * DOLLAR);
        openRound(terms);
        terms.shareClass = address(openClass(companyId, issuer, AUTHORISED));
        openRound(terms);
        terms.maximumShares = 5000;
        terms.price = 1;
        terms.minimumShares = 5000;
        _isRefused(
            abi.encodeWithSelector(InvestmentLimits.IssuerLimitExceeded.selector, 5_000_000e6, 5_000_000e6, 5000)
        );
        assertEq(_offered(), 5_000_000e6);
    }

    function test_CountsTheLimitForTheIssuerAfterAMove() public {
        terms.price = uint128(50 * DOLLAR);
        openRound(terms);
        Directory newer = anotherDirectory();
        administers(address(directory), abi.encodeCall(Companies.allowDirectory, (address(newer), true)));
        administers(address(newer), abi.encodeCall(Companies.allowDirectory, (address(directory), true)));
        vm.prank(operator);
        newer.listSettlementToken(address(dollar), USD);
        vm.prank(issuer);
        uint256 received = directory.moveCompany(companyId, address(newer));
        newer.adopt(received, address(share));
        terms.opensAt = uint40(block.timestamp);
        vm.prank(issuer);
        address opened = newer.openRound(terms);
        assertEq(_offered(), 5_000_000e6, "of both Directories");
        assertEq(share.reservedFor(opened), 50_000, "the class follows its company");
        assertTrue(directory.listed(opened), "the Directory of the class knows the round");
        vm.expectRevert(
            abi.encodeWithSelector(InvestmentLimits.IssuerLimitExceeded.selector, 5_000_000e6, 5_000_000e6, 2_500_000e6)
        );
        vm.prank(issuer);
        newer.openRound(terms);
    }

    function test_ReservesNothingWithoutALimit() public {
        terms.rules = address(openRules);
        openRound(terms);
        assertEq(limits.offeringUsed(directory.issuerKey(companyId), openRules.regime(), USD), 0);
    }

    function _chinese(uint32 cap) private {
        terms.rules = address(chinaRules);
        ClassTerms memory class = classTerms(companyId, AUTHORISED);
        class.holderCap = cap;
        class.smallestHolding = cap == 0 ? 0 : 10;
        terms.shareClass = address(openClass(issuer, class));
    }

    function test_RefusesAClassWithoutACap() public {
        _chinese(0);
        _isRefused(abi.encodeWithSelector(Drafts.HolderCapTooHigh.selector, 0, 200));
    }

    function test_RefusesAClassWithAHigherCap() public {
        _chinese(201);
        _isRefused(abi.encodeWithSelector(Drafts.HolderCapTooHigh.selector, 201, 200));
    }

    function test_TakesAClassThatIsCappedAsLow() public {
        _chinese(200);
        (, RoundOrigin memory origin) = openRound(terms).terms();
        assertTrue(origin.capped);
    }

    function test_BindsTheTrustToOneRoundOnly() public {
        _offers();
        terms.shareClass = address(share);
        terms.trust = address(trust);
        vm.expectRevert();
        vm.prank(issuer);
        directory.openRound(terms);
    }

    function test_RefusesTheTrustOfAnotherCompany() public {
        trust = openTrust(proceedsDeed());
        vm.prank(operator);
        uint256 other = directory.registerCompany(issuer, 600, "Another Inc", "");
        terms.shareClass = address(openClass(other, issuer, AUTHORISED));
        terms.trust = address(trust);
        _isRefused(abi.encodeWithSelector(Drafts.NotOfTheCompany.selector, address(trust), other));
    }

    function test_RefusesAsTrustWhatIsNone() public {
        terms.trust = address(share);
        _isRefused(
            abi.encodeWithSelector(
                Drafts.WrongKind.selector, address(share), ICompanies.Kind.ShareClass, ICompanies.Kind.Trust
            )
        );
    }
}
