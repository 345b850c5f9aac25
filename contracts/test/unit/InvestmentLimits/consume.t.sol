// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../../../src/identity/InvestmentLimits.sol";
import {CivilDate} from "../../../src/ledger/CivilDate.sol";
import {InstanceId} from "../../../src/ledger/InstanceAddress.sol";
import {Calendar} from "../../Calendar.sol";
import {Slots} from "../Slots.sol";
import {LimitsTest} from "./LimitsTest.sol";

/// @notice What a person has committed in twelve months, over all rounds.
contract ConsumeTest is LimitsTest, Slots {
    struct Counted {
        uint256 day;
        uint256 amount;
    }

    Counted[] private model;

    function testFuzz_RevertsWithNotAnAdmittedRound(address caller, uint256 amount) public {
        vm.assume(caller != offering && caller != other);
        consume(10, 10);
        vm.startPrank(caller);
        expectNotARound(caller);
        limits.consume(idOf(NUMBER), PERSON, REG_CF, USD, amount, type(uint256).max);
        expectNotARound(caller);
        limits.release(idOf(NUMBER), PERSON, REG_CF, USD, today(), amount);
        expectNotARound(caller);
        limits.recount(idOf(NUMBER), PERSON, REG_CF, USD, today(), amount, 0, type(uint256).max);
        vm.stopPrank();
        assertEq(counted(), 10);
    }

    /// @dev Its address follows from its id, but no Directory named it as a round; nor does an id stand for two.
    function testFuzz_RefusesAnInstanceThatIsNoRound(uint48 number, uint48 borrowed) public {
        vm.assume(number != NUMBER && number != OTHER && number != 0);
        InstanceId id = idOf(number);
        address instance = id.addressOf();
        vm.startPrank(instance);
        expectNotARound(instance);
        limits.consume(id, PERSON, REG_CF, USD, 1, 1);
        expectNotARound(instance);
        limits.consume(idOf(borrowed), PERSON, REG_CF, USD, 1, 1);
        expectNotARound(instance);
        limits.consume(InstanceId.wrap(InstanceId.unwrap(idOf(NUMBER)) | 1 << 208), PERSON, REG_CF, USD, 1, 1);
        vm.stopPrank();
    }

    function testFuzz_RevertsWithYearlyLimitExceeded(uint256 limit, uint256 first, uint256 second) public {
        uint256 most = limit < type(uint88).max ? limit : type(uint88).max;
        first = bound(first, 0, most);
        second = bound(second, most - first + 1, type(uint256).max);
        consume(first, limit);
        expectTooMuch(limit, first, second);
        consume(second, limit);
        consume(most - first, limit);
        assertEq(counted(), most);
        if (most > 0) {
            expectTooMuch(most - 1, most, 0);
            consume(0, most - 1);
        }
    }

    function test_CountsOverRoundsAndNotOverRegimesCurrenciesOrPersons() public {
        vm.expectEmit(address(limits));
        emit InvestmentLimits.LimitConsumed(PERSON, REG_CF, offering, USD, 60);
        consume(60, 100);
        vm.prank(other);
        limits.consume(idOf(OTHER), PERSON, REG_CF, USD, 40, 100);
        assertEq(counted(), 100);
        vm.startPrank(other);
        expectTooMuch(100, 100, 1);
        limits.consume(idOf(OTHER), PERSON, REG_CF, USD, 1, 100);
        limits.consume(idOf(OTHER), PERSON, "EU-ECSPR", USD, 100, 100);
        limits.consume(idOf(OTHER), PERSON, REG_CF, "EUR", 100, 100);
        limits.consume(idOf(OTHER), "somebody else", REG_CF, USD, 100, 100);
        assertEq(counted(), 100);
    }

    function test_CountsApartWhatDiffersInAnySingleByte() public {
        consume(100, 100);
        vm.startPrank(other);
        for (uint256 i = 0; i < 256; i += 8) {
            bytes32 byte_ = bytes32(1 << i);
            limits.consume(idOf(OTHER), PERSON ^ byte_, REG_CF, USD, 100, 100);
            limits.consume(idOf(OTHER), PERSON, REG_CF ^ byte_, USD, 100, 100);
        }
        for (uint24 i = 0; i < 24; i += 8) {
            limits.consume(idOf(OTHER), PERSON, REG_CF, USD ^ bytes3(uint24(1) << i), 100, 100);
        }
        assertEq(counted(), 100);
    }

    /// @dev In the mapping of slot 2, as `layout/` says; the sum is the lowest 88 bits.
    function test_CountsUnderTheHashOfPersonRegimeAndCurrency() public {
        consume(60, 100);
        bytes32 key = keccak256(abi.encode(PERSON, REG_CF, USD));
        uint256 usage = uint256(vm.load(address(limits), keccak256(abi.encode(key, 2))));
        assertEq(uint88(usage), 60);
    }

    function test_ADaysCommitmentsCountUntilTheSameDateOfTheNextYear() public {
        itIs(Calendar.day(2018, 5, 31) + 23 hours);
        consume(100, 100);
        itIs(Calendar.day(2019, 5, 31) - 1);
        assertEq(counted(), 100);
        expectTooMuch(100, 100, 1);
        consume(1, 100);
        itIs(Calendar.day(2019, 5, 31));
        assertEq(counted(), 0);
        consume(100, 100);
    }

    function test_TheSmallestAmountCountsNoLongerEither() public {
        itIs(Calendar.day(2018, 5, 31));
        consume(1, 100);
        itIs(Calendar.day(2019, 5, 31) - 1);
        assertEq(counted(), 1);
        itIs(Calendar.day(2019, 5, 31));
        assertEq(counted(), 0);
    }

    function test_ALeapDaysCommitmentsCountUntilTheFirstOfMarch() public {
        itIs(Calendar.day(2020, 2, 29));
        consume(100, 100);
        itIs(Calendar.day(2021, 3, 1) - 1);
        assertEq(counted(), 100);
        itIs(Calendar.day(2021, 3, 1));
        assertEq(counted(), 0);
        itIs(Calendar.day(2023, 3, 1));
        consume(100, 100);
        itIs(Calendar.day(2024, 3, 1) - 1);
        assertEq(counted(), 100, "366 days later but one second");
        itIs(Calendar.day(2024, 3, 1));
        assertEq(counted(), 0);
    }

    function test_DropsManyDaysAtOnce() public {
        for (uint256 i = 1; i <= 7; ++i) {
            itIs(Calendar.day(2018, i, 15));
            consume(i, 100);
        }
        itIs(Calendar.day(2019, 3, 15) - 1);
        assertEq(counted(), 3 + 4 + 5 + 6 + 7);
        itIs(Calendar.day(2019, 5, 15));
        assertEq(counted(), 6 + 7);
        expectTooMuch(20, 13, 8);
        consume(8, 20);
        consume(7, 20);
        itIs(Calendar.day(2019, 7, 15));
        assertEq(counted(), 7, "what was added in 2019");
        consume(93, 100);
        itIs(Calendar.day(2020, 5, 15));
        assertEq(counted(), 93);
        itIs(Calendar.day(2025, 1, 1));
        assertEq(counted(), 0);
    }

    function test_DropsADayOnceAlone() public {
        consume(60, 100);
        itIs(block.timestamp + 1 days);
        consume(40, 100);
        itIs(block.timestamp + 800 days);
        consume(70, 100);
        itIs(block.timestamp + 366 days);
        assertEq(counted(), 0);
        consume(100, 100);
        assertEq(counted(), 100);
    }

    /// @dev One slot more is the history's head. Older days wait two in a slot.
    function test_WritesOneSlotForEachCommitment() public {
        assertEq(_slotsWrittenBy(10), 2, "the first");
        assertEq(_slotsWrittenBy(10), 2, "of the same day");
        itIs(block.timestamp + 1 days);
        assertEq(_slotsWrittenBy(10), 3, "of another day");
        assertEq(_slotsWrittenBy(10), 2, "of that day again");
        itIs(block.timestamp + 3 days);
        assertEq(_slotsWrittenBy(10), 3, "of a third, into the same slot of older days");
        itIs(block.timestamp + 400 days);
        assertEq(_slotsWrittenBy(10), 2, "after a year, nothing waits");
    }

    /// @dev Behind the slot of the sum; of each day its number and, above it, the amount.
    function test_KeepsTwoOlderDaysInASlot() public {
        uint256 day = today();
        consume(3, 100);
        itIs(block.timestamp + 1 days);
        consume(5, 100);
        itIs(block.timestamp + 1 days);
        consume(7, 100);
        assertEq(_olderDays(), day | 3 << 24 | (day + 1) << 128 | 5 << 152);
    }

    function test_StartsTheQueueAnewOnceItsDaysAreOver() public {
        consume(3, 100);
        itIs(block.timestamp + 1 days);
        consume(5, 100);
        itIs(block.timestamp + 2 * 365 days);
        uint256 day = today();
        consume(7, 100);
        itIs(block.timestamp + 1 days);
        consume(9, 100);
        assertEq(_olderDays(), day | 7 << 24);
    }

    function test_ReleaseRewritesOneSlotOfTheNewestDay() public {
        consume(10, 100);
        itIs(block.timestamp + 1 days);
        consume(10, 100);
        vm.record();
        release(today(), 4);
        assertEq(_slotsWritten(), 2);
        assertEq(counted(), 16);
        vm.record();
        release(today() - 1, 4);
        assertEq(_slotsWritten(), 3, "of an older day, its own too");
        assertEq(counted(), 12);
    }

    function test_LeavesNothingBehindOnceAllIsGivenBack() public {
        uint256 day = today();
        consume(60, 100);
        itIs(block.timestamp + 3 days);
        consume(40, 100);
        release(day + 3, 40);
        vm.record();
        release(day, 60);
        (, uint256 emptied) = slotsOf(address(limits));
        assertEq(emptied, 1, "what was counted in the year");
        assertEq(counted(), 0);
    }

    function test_WritesNothingWhereNothingIsGivenBack() public {
        uint256 day = today();
        consume(60, 100);
        itIs(block.timestamp + 3 days);
        consume(40, 100);
        vm.record();
        release(day + 1, 60);
        release(day + 4, 60);
        assertEq(_slotsWritten(), 0);
    }

    function test_GivesBackWhatWasCountedOnADay() public {
        uint256 day = today();
        consume(60, 100);
        itIs(block.timestamp + 3 days);
        consume(40, 100);
        vm.expectEmit(address(limits));
        emit InvestmentLimits.LimitReleased(PERSON, REG_CF, offering, USD, day, 45);
        release(day, 45);
        assertEq(counted(), 55);
        vm.expectEmit(address(limits));
        emit InvestmentLimits.LimitReleased(PERSON, REG_CF, offering, USD, day, 15);
        release(day, 45);
        assertEq(counted(), 40, "no more than was counted");
        bytes32 head = limits.historyHead();
        release(day, 60);
        release(day + 1, 60);
        release(type(uint256).max, type(uint256).max);
        assertEq(counted(), 40, "nothing on a day without a commitment");
        assertEq(limits.historyHead(), head, "and nothing to tell");
        release(day + 3, 41);
        assertEq(counted(), 0);
        consume(100, 100);
        assertEq(counted(), 100);
    }

    function test_GivesTheSmallestAmountBack() public {
        consume(60, 100);
        vm.expectEmit(address(limits));
        emit InvestmentLimits.LimitReleased(PERSON, REG_CF, offering, USD, today(), 1);
        release(today(), 1);
        assertEq(counted(), 59);
    }

    /// @dev With the newest day, an odd and an even number of older ones; each day is asked for more than is left of it.
    function test_GivesBackOfEachDayNoMoreThanItCounts() public {
        uint256 first = today();
        for (uint256 days_ = 2; days_ <= 9; ++days_) {
            for (uint256 which = 0; which < days_; ++which) {
                uint256 state = vm.snapshotState();
                for (uint256 i = 0; i < days_; ++i) {
                    vm.warp((first + i) * 1 days);
                    consume(100, 1000);
                }
                release(first + which, 70);
                assertEq(counted(), days_ * 100 - 70);
                release(first + which, 70);
                assertEq(counted(), days_ * 100 - 100);
                vm.revertToState(state);
            }
        }
    }

    function testFuzz_FindsEachOfManyDays(uint256 count, uint256 which, uint256 amount) public {
        count = bound(count, 1, 40);
        which = bound(which, 0, count - 1);
        amount = bound(amount, 0, 20);
        uint256 first = today();
        for (uint256 i = 0; i < count; ++i) {
            vm.warp((first + i * 3) * 1 days);
            consume(i + 1, 10_000);
        }
        uint256 before = counted();
        release(first + which * 3 + 1, amount);
        assertEq(counted(), before, "a day between");
        release(first + which * 3, amount);
        assertEq(counted(), before - (amount < which + 1 ? amount : which + 1));
    }

    function test_ReleasingWhatNoLongerCountsIsNoObstacle() public {
        uint256 day = today();
        consume(100, 100);
        itIs(block.timestamp + 1 days);
        consume(50, 200);
        itIs(block.timestamp + 800 days);
        release(day, 100);
        release(day + 1, 20);
        consume(70, 100);
        release(day, 100);
        release(day + 1, 100);
        assertEq(counted(), 70);
    }

    function test_AGrowingCommitmentCountsAsAWholeFromItsLastDay() public {
        uint256 day = today();
        consume(60, 100);
        itIs(block.timestamp + 30 days);
        vm.expectEmit(address(limits));
        emit InvestmentLimits.LimitReleased(PERSON, REG_CF, offering, USD, day, 60);
        vm.expectEmit(address(limits));
        emit InvestmentLimits.LimitConsumed(PERSON, REG_CF, offering, USD, 100);
        recount(day, 60, 100, 100);
        assertEq(counted(), 100);
        itIs(Calendar.day(2018, 5, 9));
        assertEq(counted(), 100, "nothing is left of the first day");
        itIs(Calendar.day(2018, 6, 8));
        assertEq(counted(), 0);
    }

    function test_ARecountThatIsTooMuchChangesNothing() public {
        uint256 day = today();
        consume(60, 100);
        itIs(block.timestamp + 30 days);
        expectTooMuch(100, 0, 101);
        recount(day, 60, 101, 100);
        assertEq(counted(), 60);
        release(day, 60);
        assertEq(counted(), 0);
    }

    /// @dev Worst for its own caller: a whole year of days is dropped at once.
    function test_CostsNoMoreThanOneYearOfDays() public {
        for (uint256 i = 0; i < 730; ++i) {
            vm.warp(block.timestamp + 1 days);
            consume(1, 400);
        }
        assertEq(counted(), 365);
        uint256 gas = gasleft();
        release(today() - 300, 1);
        assertLt(gas - gasleft(), 80_000, "a release looks days up by halves");
        vm.warp(block.timestamp + 364 days);
        gas = gasleft();
        consume(1, 400);
        assertLt(gas - gasleft(), 1_000_000);
        assertEq(counted(), 3, "2019-05-08, 2019-05-09 and 2020-05-07");
    }

    /// @dev Against a list that is walked in full each time.
    function testFuzz_CountsWhatANaiveListCounts(uint256 seed) public {
        for (uint256 step = 0; step < 40; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 amount = (seed >> 8) % 50;
            uint256 choice = seed % 8;
            if (choice < 3) {
                vm.warp(block.timestamp + (seed >> 16) % (choice == 0 ? 400 days : 60 days));
            } else if (choice == 3 && model.length > 0) {
                _releaseBoth(model[(seed >> 16) % model.length].day, amount);
            } else if (choice == 4 && model.length > 0) {
                _recountBoth(model[(seed >> 16) % model.length].day, amount, (seed >> 64) % 50);
            } else {
                _consumeBoth(amount);
            }
            assertEq(counted(), _countedInModel());
        }
    }

    function _consumeBoth(uint256 amount) private {
        uint256 before = _countedInModel();
        if (before + amount > 100) {
            expectTooMuch(100, before, amount);
            consume(amount, 100);
        } else {
            consume(amount, 100);
            model.push(Counted(today(), amount));
        }
    }

    function _releaseBoth(uint256 day, uint256 amount) private {
        release(day, amount);
        _releaseInModel(day, amount);
    }

    function _recountBoth(uint256 day, uint256 released, uint256 amount) private {
        uint256 state = vm.snapshotState();
        _releaseInModel(day, released);
        uint256 before = _countedInModel();
        if (before + amount > 100) {
            vm.revertToState(state);
            expectTooMuch(100, before, amount);
            recount(day, released, amount, 100);
        } else {
            recount(day, released, amount, 100);
            model.push(Counted(today(), amount));
        }
    }

    function _releaseInModel(uint256 day, uint256 amount) private {
        for (uint256 i = 0; i < model.length; ++i) {
            if (model[i].day != day) continue;
            uint256 given = amount < model[i].amount ? amount : model[i].amount;
            model[i].amount -= given;
            amount -= given;
        }
    }

    function _countedInModel() private view returns (uint256 sum) {
        for (uint256 i = 0; i < model.length; ++i) {
            if (CivilDate.oneYearAfter(model[i].day * 1 days) / 1 days > today()) sum += model[i].amount;
        }
    }

    /// @dev The first slot of the queue.
    function _olderDays() private view returns (uint256) {
        uint256 usage = uint256(keccak256(abi.encode(keccak256(abi.encode(PERSON, REG_CF, USD)), 2)));
        return uint256(vm.load(address(limits), keccak256(abi.encode(0, usage + 1))));
    }

    function _slotsWrittenBy(uint256 amount) private returns (uint256) {
        vm.record();
        consume(amount, type(uint256).max);
        return _slotsWritten();
    }

    function _slotsWritten() private returns (uint256 written) {
        (written,) = slotsOf(address(limits));
    }
}
