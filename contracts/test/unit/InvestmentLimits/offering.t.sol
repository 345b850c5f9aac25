// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../../../src/identity/InvestmentLimits.sol";
import {CivilDate} from "../../../src/ledger/CivilDate.sol";
import {Calendar} from "../../Calendar.sol";
import {LimitsTest} from "./LimitsTest.sol";

/// @notice What an issuer has sold in twelve months and is offering.
contract OfferingTest is LimitsTest {
    struct Offer {
        address round;
        uint256 maximum;
        uint256 sold;
        uint256 endedOn;
    }

    uint256 private constant LIMIT = 5_000_000e6;
    Offer[] private model;

    function testFuzz_RevertsWithNotAnAllowedDirectory(address caller, uint256 maximum) public {
        vm.assume(caller != address(directory));
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.NotAnAllowedDirectory.selector, caller));
        vm.prank(caller);
        limits.reserveOffering(offering, ISSUER, REG_CF, USD, maximum, LIMIT);
    }

    function test_RevertsWithAlreadyReserved() public {
        _reserve(offering, 100);
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.AlreadyReserved.selector, offering, 100));
        _reserve(offering, 1);
    }

    function testFuzz_RevertsWithIssuerLimitExceeded(uint256 first, uint256 second) public {
        first = bound(first, 0, LIMIT);
        second = bound(second, LIMIT - first + 1, type(uint256).max);
        _reserve(offering, first);
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.IssuerLimitExceeded.selector, LIMIT, first, second));
        _reserve(other, second);
        _reserve(other, LIMIT - first);
        assertEq(_used(), LIMIT);
        vm.prank(address(directory));
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.IssuerLimitExceeded.selector, LIMIT - 1, LIMIT, 0));
        limits.reserveOffering(outsider, ISSUER, REG_CF, USD, 0, LIMIT - 1);
    }

    function test_CountsTheMaximumAsOnOffer() public {
        vm.expectEmit(address(limits));
        emit InvestmentLimits.OfferingReserved(ISSUER, REG_CF, offering, USD, 3_000_000e6);
        _reserve(offering, 3_000_000e6);
        assertEq(_used(), 3_000_000e6);
        itIs(block.timestamp + 800 days);
        assertEq(_used(), 3_000_000e6, "for as long as it is on offer");
    }

    function testFuzz_RevertsWithNotAnAdmittedRound(address caller, uint256 sold) public {
        vm.assume(caller != offering && caller != other);
        expectNotARound(caller);
        vm.prank(caller);
        limits.settleOffering(ISSUER, REG_CF, USD, sold);
    }

    function test_WhatWasSoldCountsForTwelveMonths() public {
        _reserve(offering, 3_000_000e6);
        itIs(Calendar.day(2018, 1, 31) + 5 hours);
        vm.expectEmit(address(limits));
        emit InvestmentLimits.OfferingSettled(ISSUER, REG_CF, offering, USD, 3_000_000e6, 2_000_000e6);
        _settle(offering, 2_000_000e6);
        assertEq(_used(), 2_000_000e6);
        _reserve(other, 3_000_000e6);
        assertEq(_used(), LIMIT);
        itIs(Calendar.day(2019, 1, 31) - 1);
        assertEq(_used(), LIMIT);
        itIs(Calendar.day(2019, 1, 31));
        assertEq(_used(), 3_000_000e6);
        requireHistories();
    }

    function test_ARoundThatSoldNothingFreesEverything() public {
        _reserve(offering, LIMIT);
        _settle(offering, 0);
        assertEq(_used(), 0);
        _reserve(other, LIMIT);
    }

    function test_CountsNoMoreThanWasOffered() public {
        _reserve(offering, 100);
        _reserve(other, 1000);
        _settle(offering, type(uint256).max);
        assertEq(_used(), 1100);
    }

    function test_EndingOutOfTurnDoesNothing() public {
        bytes32 head = limits.historyHead();
        _settle(offering, 70);
        assertEq(_used(), 0, "without a reservation");
        assertEq(limits.historyHead(), head);
        _reserve(offering, 100);
        vm.startPrank(offering);
        limits.settleOffering("another issuer", REG_CF, USD, 70);
        limits.settleOffering(ISSUER, "OPEN", USD, 70);
        limits.settleOffering(ISSUER, REG_CF, "EUR", 70);
        vm.stopPrank();
        assertEq(_used(), 100, "of someone else");
        assertEq(limits.offeringUsed("another issuer", REG_CF, USD), 0);
        _settle(offering, 70);
        _settle(offering, 70);
        assertEq(_used(), 70, "a second time");
    }

    function test_CountsEachIssuerRegimeAndCurrencyApart() public {
        _reserve(offering, LIMIT);
        vm.startPrank(address(directory));
        limits.reserveOffering(makeAddr("1"), "another issuer", REG_CF, USD, LIMIT, LIMIT);
        limits.reserveOffering(makeAddr("2"), ISSUER, "EU-ECSPR", USD, LIMIT, LIMIT);
        limits.reserveOffering(makeAddr("3"), ISSUER, REG_CF, "EUR", LIMIT, LIMIT);
        assertEq(limits.offeringUsed(ISSUER, REG_CF, USD), LIMIT);
        assertEq(limits.offeringUsed(ISSUER, REG_CF, "EUR"), LIMIT);
    }

    function testFuzz_CountsWhatANaiveListOfOfferingsCounts(uint256 seed) public {
        for (uint256 step = 0; step < 24; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 amount = (seed >> 8) % 40;
            if (seed % 3 == 0) {
                vm.warp(block.timestamp + (seed >> 16) % 120 days);
            } else if (seed % 3 == 1 && model.length > 0) {
                Offer storage offer = model[(seed >> 16) % model.length];
                _settle(offer.round, amount);
                if (offer.endedOn == 0) (offer.sold, offer.endedOn) = (_min(amount, offer.maximum), today());
            } else {
                _reserveBoth(amount + 1);
            }
            assertEq(_used(), _usedInModel());
        }
    }

    function _reserveBoth(uint256 maximum) private {
        address round_ = address(uint160(0x1000 + model.length));
        vm.startPrank(address(directory));
        limits.admit(round_);
        uint256 before = _usedInModel();
        if (before + maximum > 100) {
            vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.IssuerLimitExceeded.selector, 100, before, maximum));
            limits.reserveOffering(round_, ISSUER, REG_CF, USD, maximum, 100);
        } else {
            limits.reserveOffering(round_, ISSUER, REG_CF, USD, maximum, 100);
            model.push(Offer(round_, maximum, 0, 0));
        }
        vm.stopPrank();
    }

    function _usedInModel() private view returns (uint256 sum) {
        for (uint256 i = 0; i < model.length; ++i) {
            if (model[i].endedOn == 0) sum += model[i].maximum;
            else if (CivilDate.oneYearAfter(model[i].endedOn * 1 days) / 1 days > today()) sum += model[i].sold;
        }
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }

    function _used() private view returns (uint256) {
        return limits.offeringUsed(ISSUER, REG_CF, USD);
    }

    function _reserve(address round_, uint256 maximum) private {
        vm.prank(address(directory));
        limits.reserveOffering(round_, ISSUER, REG_CF, USD, maximum, LIMIT);
    }

    function _settle(address round_, uint256 sold) private {
        vm.prank(round_);
        limits.settleOffering(ISSUER, REG_CF, USD, sold);
    }
}
