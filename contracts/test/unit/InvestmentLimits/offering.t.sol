// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../../../src/identity/InvestmentLimits.sol";
import {CivilDate} from "../../../src/ledger/CivilDate.sol";
import {Calendar} from "../../Calendar.sol";
import {LimitsTest} from "./LimitsTest.sol";

/// @notice What an issuer has sold in twelve months and is offering.
contract OfferingTest is LimitsTest {
    struct Offer {
        uint48 round;
        uint256 maximum;
        uint256 sold;
        uint256 endedOn;
    }

    uint256 private constant LIMIT = 5_000_000e6;
    uint48 private constant FIRST = 200;
    uint48 private constant SECOND = 201;
    uint48 private constant THIRD = 202;
    uint48 private constant FOURTH = 203;
    Offer[] private model;

    function testFuzz_RevertsWithNotAnAllowedDirectory(address caller, uint256 maximum) public {
        vm.assume(caller != address(directory));
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.NotAnAllowedDirectory.selector, caller));
        vm.prank(caller);
        limits.admit(FIRST, ISSUER, REG_CF, USD, maximum, LIMIT);
    }

    function test_RevertsWithAlreadyAdmitted() public {
        _reserve(FIRST, 100);
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.AlreadyAdmitted.selector, idOf(FIRST).addressOf()));
        _reserve(FIRST, 1);
    }

    function testFuzz_RevertsWithIssuerLimitExceeded(uint256 first, uint256 second) public {
        first = bound(first, 0, LIMIT);
        second = bound(second, LIMIT - first + 1, type(uint256).max);
        _reserve(FIRST, first);
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.IssuerLimitExceeded.selector, LIMIT, first, second));
        _reserve(SECOND, second);
        _reserve(SECOND, LIMIT - first);
        assertEq(_used(), LIMIT);
        vm.prank(address(directory));
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.IssuerLimitExceeded.selector, LIMIT - 1, LIMIT, 0));
        limits.admit(THIRD, ISSUER, REG_CF, USD, 0, LIMIT - 1);
    }

    function test_CountsTheMaximumAsOnOffer() public {
        vm.expectEmit(address(limits));
        emit InvestmentLimits.RoundAdmitted(
            address(directory), idOf(FIRST).addressOf(), ISSUER, REG_CF, USD, 3_000_000e6
        );
        _reserve(FIRST, 3_000_000e6);
        assertEq(_used(), 3_000_000e6);
        itIs(block.timestamp + 800 days);
        assertEq(_used(), 3_000_000e6, "for as long as it is on offer");
    }

    function testFuzz_RevertsWithNotAnAdmittedRound(address caller, uint256 sold) public {
        vm.assume(caller != offering && caller != other);
        expectNotARound(caller);
        vm.prank(caller);
        limits.settleOffering(idOf(NUMBER), ISSUER, REG_CF, USD, 100, sold);
    }

    function test_WhatWasSoldCountsForTwelveMonths() public {
        _reserve(FIRST, 3_000_000e6);
        itIs(Calendar.day(2018, 1, 31) + 5 hours);
        vm.expectEmit(address(limits));
        emit InvestmentLimits.OfferingSettled(ISSUER, REG_CF, idOf(FIRST).addressOf(), USD, 3_000_000e6, 2_000_000e6);
        _settle(FIRST, 3_000_000e6, 2_000_000e6);
        assertEq(_used(), 2_000_000e6);
        _reserve(SECOND, 3_000_000e6);
        assertEq(_used(), LIMIT);
        itIs(Calendar.day(2019, 1, 31) - 1);
        assertEq(_used(), LIMIT);
        itIs(Calendar.day(2019, 1, 31));
        assertEq(_used(), 3_000_000e6);
        requireHistories();
    }

    function test_ARoundThatSoldNothingFreesEverything() public {
        _reserve(FIRST, LIMIT);
        _settle(FIRST, LIMIT, 0);
        assertEq(_used(), 0);
        _reserve(SECOND, LIMIT);
    }

    function test_CountsNoMoreThanWasOffered() public {
        _reserve(FIRST, 100);
        _reserve(SECOND, 1000);
        _settle(FIRST, 100, type(uint256).max);
        assertEq(_used(), 1100);
    }

    function test_EndingOutOfTurnDoesNothing() public {
        _reserve(SECOND, 100);
        bytes32 head = limits.historyHead();
        _settle(NUMBER, 100, 70);
        assertEq(_used(), 100, "without a reservation");
        assertEq(limits.historyHead(), head);
        _settle(SECOND, 100, 0);
        _reserve(FIRST, 100);
        vm.startPrank(idOf(FIRST).addressOf());
        limits.settleOffering(idOf(FIRST), "another issuer", REG_CF, USD, 100, 70);
        limits.settleOffering(idOf(FIRST), ISSUER, "OPEN", USD, 100, 70);
        limits.settleOffering(idOf(FIRST), ISSUER, REG_CF, "EUR", 100, 70);
        vm.stopPrank();
        assertEq(_used(), 100, "of someone else");
        assertEq(limits.offeringUsed("another issuer", REG_CF, USD), 0);
        _settle(FIRST, 100, 70);
        _reserve(THIRD, 100);
        _settle(FIRST, 100, 70);
        assertEq(_used(), 170);
        _settle(THIRD, 100, 0);
        assertEq(_used(), 70, "a second time");
    }

    function test_CountsEachIssuerRegimeAndCurrencyApart() public {
        _reserve(FIRST, LIMIT);
        vm.startPrank(address(directory));
        limits.admit(SECOND, "another issuer", REG_CF, USD, LIMIT, LIMIT);
        limits.admit(THIRD, ISSUER, "EU-ECSPR", USD, LIMIT, LIMIT);
        limits.admit(FOURTH, ISSUER, REG_CF, "EUR", LIMIT, LIMIT);
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
                _settle(offer.round, offer.maximum, amount);
                if (offer.endedOn == 0) (offer.sold, offer.endedOn) = (_min(amount, offer.maximum), today());
            } else {
                _reserveBoth(amount + 1);
            }
            assertEq(_used(), _usedInModel());
        }
    }

    function _reserveBoth(uint256 maximum) private {
        uint48 round_ = uint48(FIRST + model.length);
        vm.startPrank(address(directory));
        uint256 before = _usedInModel();
        if (before + maximum > 100) {
            vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.IssuerLimitExceeded.selector, 100, before, maximum));
            limits.admit(round_, ISSUER, REG_CF, USD, maximum, 100);
        } else {
            limits.admit(round_, ISSUER, REG_CF, USD, maximum, 100);
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

    function _reserve(uint48 round_, uint256 maximum) private {
        vm.prank(address(directory));
        limits.admit(round_, ISSUER, REG_CF, USD, maximum, LIMIT);
    }

    function _settle(uint48 round_, uint256 maximum, uint256 sold) private {
        vm.prank(idOf(round_).addressOf());
        limits.settleOffering(idOf(round_), ISSUER, REG_CF, USD, maximum, sold);
    }
}
