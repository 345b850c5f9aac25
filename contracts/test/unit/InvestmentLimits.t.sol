// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../../src/identity/InvestmentLimits.sol";
import {Calendar} from "../Calendar.sol";
import {Ledger} from "../Ledger.sol";

/// @notice What a person has committed in twelve months, over all rounds.
contract InvestmentLimitsTest is Ledger {
    bytes32 private constant PERSON = "a person";
    address private offering = makeAddr("a round");
    address private other = makeAddr("another round");

    struct Counted {
        uint256 day;
        uint256 amount;
    }

    Counted[] private model;

    function setUp() public override {
        super.setUp();
        vm.startPrank(address(directory));
        limits.admit(offering);
        limits.admit(other);
        vm.stopPrank();
    }

    function test_IsBornWithItsDirectory() public {
        address born = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.expectEmit(born);
        emit InvestmentLimits.DirectoryAllowed(outsider, true);
        deployCode("InvestmentLimits.sol", abi.encode(authority, outsider));
    }

    function test_OnlyAdminAllowsADirectory() public {
        vm.expectRevert(notAuthorized(operator, InvestmentLimits.allowDirectory.selector));
        vm.prank(operator);
        limits.allowDirectory(outsider, true);
        administers(address(limits), abi.encodeCall(InvestmentLimits.allowDirectory, (outsider, true)));
        vm.expectEmit(address(limits));
        emit InvestmentLimits.RoundAdmitted(outsider, guardian);
        vm.prank(outsider);
        limits.admit(guardian);
        assertTrue(limits.isAdmitted(guardian));
    }

    function test_StrangersAdmitConsumeAndReleaseNothing() public {
        vm.startPrank(outsider);
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.NotAnAllowedDirectory.selector, outsider));
        limits.admit(outsider);
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.NotAnAdmittedRound.selector, outsider));
        limits.consume(PERSON, REG_CF, USD, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.NotAnAdmittedRound.selector, outsider));
        limits.release(PERSON, REG_CF, USD, 1, 1);
    }

    function test_CountsOverRoundsAndNotOverRegimesCurrenciesOrPersons() public {
        vm.expectEmit(address(limits));
        emit InvestmentLimits.LimitConsumed(PERSON, REG_CF, offering, USD, 60);
        _consume(offering, 60, 100);
        _consume(other, 40, 100);
        assertEq(_used(), 100);
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.YearlyLimitExceeded.selector, 100, 100, 1));
        _consume(other, 1, 100);
        vm.startPrank(other);
        limits.consume(PERSON, "EU-ECSP", USD, 100, 100);
        limits.consume(PERSON, REG_CF, "EUR", 100, 100);
        limits.consume("somebody else", REG_CF, USD, 100, 100);
        assertEq(_used(), 100);
    }

    function test_GivesBackWhatWasCountedOnADay() public {
        uint256 day = block.timestamp / 1 days;
        _consume(offering, 60, 100);
        itIs(block.timestamp + 3 days);
        _consume(offering, 40, 100);
        vm.expectEmit(address(limits));
        emit InvestmentLimits.LimitReleased(PERSON, REG_CF, offering, USD, day, 60);
        _release(offering, day, 60);
        assertEq(_used(), 40);
        _release(offering, day, 60);
        assertEq(_used(), 40, "no more than was counted");
        _release(offering, day + 1, 60);
        assertEq(_used(), 40, "nothing on a day without a commitment");
        _consume(offering, 60, 100);
    }

    function test_ADaysCommitmentsCountUntilTheSameDateOfTheNextYear() public {
        itIs(Calendar.day(2018, 5, 31) + 23 hours);
        _consume(offering, 100, 100);
        itIs(Calendar.day(2019, 5, 31) - 1);
        assertEq(_used(), 100);
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.YearlyLimitExceeded.selector, 100, 100, 1));
        _consume(offering, 1, 100);
        itIs(Calendar.day(2019, 5, 31));
        assertEq(_used(), 0);
        _consume(offering, 100, 100);
    }

    function test_ALeapDaysCommitmentsCountUntilTheFirstOfMarch() public {
        itIs(Calendar.day(2020, 2, 29));
        _consume(offering, 100, 100);
        itIs(Calendar.day(2021, 3, 1) - 1);
        assertEq(_used(), 100);
        itIs(Calendar.day(2021, 3, 1));
        assertEq(_used(), 0);
    }

    function test_ReleasingWhatNoLongerCountsIsNoObstacle() public {
        uint256 day = block.timestamp / 1 days;
        _consume(offering, 100, 100);
        itIs(block.timestamp + 800 days);
        _release(offering, day, 100);
        _consume(offering, 70, 100);
        _release(offering, day, 100);
        assertEq(_used(), 70);
    }

    /// @dev Against a list that is walked in full each time.
    function testFuzz_CountsWhatANaiveListCounts(uint256 seed) public {
        for (uint256 step = 0; step < 24; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 amount = (seed >> 8) % 50;
            if (seed % 4 == 0) {
                itIs(block.timestamp + (seed >> 16) % 120 days);
            } else if (seed % 4 == 1 && model.length > 0) {
                _releaseBoth(model[(seed >> 16) % model.length].day, amount);
            } else {
                _consumeBoth(amount);
            }
            assertEq(_used(), _usedInModel());
        }
    }

    function _consumeBoth(uint256 amount) private {
        uint256 before = _usedInModel();
        if (before + amount > 100) {
            vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.YearlyLimitExceeded.selector, 100, before, amount));
            _consume(offering, amount, 100);
        } else {
            _consume(offering, amount, 100);
            model.push(Counted(block.timestamp / 1 days, amount));
        }
    }

    function _releaseBoth(uint256 day, uint256 amount) private {
        _release(offering, day, amount);
        for (uint256 i = 0; i < model.length; ++i) {
            if (model[i].day != day) continue;
            uint256 given = amount < model[i].amount ? amount : model[i].amount;
            model[i].amount -= given;
            amount -= given;
        }
    }

    function _usedInModel() private view returns (uint256 sum) {
        uint256 today = block.timestamp / 1 days * 1 days;
        for (uint256 i = 0; i < model.length; ++i) {
            if (rules.lockedUntil(model[i].day * 1 days) > today) sum += model[i].amount;
        }
    }

    function _used() private view returns (uint256) {
        return limits.used(PERSON, REG_CF, USD);
    }

    function _consume(address by, uint256 amount, uint256 limit) private {
        vm.prank(by);
        limits.consume(PERSON, REG_CF, USD, amount, limit);
    }

    function _release(address by, uint256 day, uint256 amount) private {
        vm.prank(by);
        limits.release(PERSON, REG_CF, USD, day, amount);
    }
}
