// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {ActEvents} from "../../../src/share/ActEvents.sol";
import {ShareRegister} from "../../../src/share/ShareRegister.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {ShareStage} from "./ShareStage.sol";

/// @notice What was held when it counted.
contract RecordDatesTest is ShareStage {
    function setUp() public override {
        super.setUp();
        issues(alice, 100, 0);
        issues(bob, 50, 0);
    }

    function test_RevertsWithNotOfThisCompany() public {
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NotOfThisCompany.selector, alice));
        vm.prank(alice);
        share.declareRecordDate(uint40(block.timestamp + 1));
        address other = address(openClass(registerCompany(outsider, 0), outsider, 1));
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NotOfThisCompany.selector, other));
        vm.prank(other);
        share.declareRecordDate(uint40(block.timestamp + 1));
    }

    function test_TakesADeclarationOfAVote() public {
        address vote = makeAddr("vote");
        lists(vote, ICompanies.Kind.Vote);
        uint256 date = block.timestamp + 7 days;
        vm.expectEmit(address(share));
        emit ActEvents.RecordDateDeclared(1, date, vote);
        vm.prank(vote);
        assertEq(share.declareRecordDate(uint40(date)), 1);
        assertEq(share.recordDates(1), date);
        assertEq(share.recordDates(2), 0);
        requireHistories();
    }

    function test_RevertsWithRecordDateInThePast() public {
        vm.expectRevert(
            abi.encodeWithSelector(ActEvents.RecordDateInThePast.selector, block.timestamp, block.timestamp)
        );
        declares(0);
    }

    function test_RevertsWithRecordDateTooFar() public {
        uint256 latest = block.timestamp + 730 days;
        vm.expectRevert(abi.encodeWithSelector(ActEvents.RecordDateTooFar.selector, latest + 1, latest));
        declares(730 days + 1);
        declares(730 days);
    }

    function test_FindsTheDateThatIsThere() public {
        uint16 later = declares(9 days);
        uint16 first = declares(3 days);
        bytes32 head = share.historyHead();
        assertEq(declares(3 days), first);
        assertEq(declares(9 days), later);
        assertEq(share.historyHead(), head, "nothing new");
        itIs(block.timestamp + 3 days);
        transfers(alice, bob, 1);
        assertEq(declares(6 days), later, "though a date has passed");
    }

    function test_RevertsWithTooManyDatesAhead() public {
        for (uint256 i = 1; i <= 16; ++i) {
            declares(i * 1 days);
        }
        vm.expectRevert(abi.encodeWithSelector(ActEvents.TooManyDatesAhead.selector, 16));
        declares(17 days);
        assertEq(declares(5 days), 5, "one that is there");
        itIs(block.timestamp + 1 days);
        assertEq(declares(20 days), 17, "one has passed");
    }

    function test_PutsTheEarlierDateBeforeTheLater() public {
        uint16 third = declares(30 days);
        uint16 first = declares(10 days);
        uint16 second = declares(20 days);
        uint256 start = block.timestamp;
        transfers(alice, bob, 1);
        itIs(start + 10 days);
        transfers(alice, bob, 2);
        itIs(start + 20 days);
        transfers(alice, bob, 3);
        itIs(start + 30 days);
        transfers(alice, bob, 4);
        assertEq(share.balanceAt(alice, first), 99);
        assertEq(share.balanceAt(alice, second), 97);
        assertEq(share.balanceAt(alice, third), 94);
        assertEq(share.balanceAt(bob, first), 51);
        assertEq(share.balanceAt(bob, third), 56);
        assertEq(share.balanceOf(alice), 90);
    }

    function test_RevertsWithUnknownRecordDate() public {
        vm.expectRevert(abi.encodeWithSelector(ShareToken.UnknownRecordDate.selector, 1));
        share.balanceAt(alice, 1);
        vm.expectRevert(abi.encodeWithSelector(ShareToken.UnknownRecordDate.selector, 0));
        share.supplyAt(0);
    }

    function test_RevertsWithUnknownRecordDateForASplit() public {
        releases();
        splits(2);
        assertEq(share.recordDates(0), 0);
        vm.expectRevert(abi.encodeWithSelector(ShareToken.UnknownRecordDate.selector, 0));
        share.supplyAt(0);
    }

    function test_RevertsWithRecordDateAhead() public {
        uint16 index = declares(1 days);
        itIs(block.timestamp + 1 days - 1);
        vm.expectRevert(
            abi.encodeWithSelector(ShareToken.RecordDateAhead.selector, block.timestamp + 1, block.timestamp)
        );
        share.balanceAt(alice, index);
        itIs(block.timestamp + 1);
        assertEq(share.balanceAt(alice, index), 100, "from its second on");
    }

    function test_SaysWhatIsHeldNow() public {
        uint16 first = declares(1 days);
        uint16 second = declares(2 days);
        transfers(alice, bob, 10);
        itIs(block.timestamp + 5 days);
        assertEq(share.balanceAt(alice, first), 90);
        assertEq(share.balanceAt(alice, second), 90);
        assertEq(share.supplyAt(first), 150);
        assertEq(share.supplyAt(second), 150);
    }

    function test_SaysWhatWasHeldBeforeTheFirstTransactionAtTheDate() public {
        uint16 index = declares(1 days);
        itIs(block.timestamp + 1 days - 1);
        transfers(alice, bob, 10);
        itIs(block.timestamp + 1);
        transfers(alice, bob, 20);
        issues(carol, 7, 0);
        assertEq(share.balanceAt(alice, index), 90);
        assertEq(share.balanceAt(bob, index), 60);
        assertEq(share.balanceAt(carol, index), 0);
        assertEq(share.supplyAt(index), 150);
        requireHistories();
    }

    function test_SaysOfAPeriodAheadWhatIsHeldNow() public {
        releases();
        splits(3);
        uint16 index = declares(1 days);
        itIs(block.timestamp + 1 days);
        (uint16 period, uint16 lastSplit) = share.periodBefore(index);
        assertEq(share.balanceIn(alice, period, lastSplit), 300);
        assertEq(share.balanceIn(alice, period + 1000, lastSplit), 300);
    }

    function test_SaysNothingWasHeld() public {
        uint16 first = declares(1 days);
        itIs(block.timestamp + 1 days);
        transfers(alice, carol, 10);
        uint16 second = declares(1 days);
        itIs(block.timestamp + 1 days);
        transfers(alice, carol, 10);
        assertEq(share.balanceAt(carol, first), 0);
        assertEq(share.balanceAt(carol, second), 10);
    }

    function test_RemembersTheTimeBetween() public {
        uint16[4] memory index;
        for (uint256 i = 0; i < 4; ++i) {
            index[i] = declares(1 days);
            itIs(block.timestamp + 1 days);
            if (i % 2 == 0) transfers(bob, alice, share.balanceOf(bob));
            else transfers(alice, bob, 30);
        }
        assertEq(share.balanceAt(bob, index[0]), 50);
        assertEq(share.balanceAt(bob, index[1]), 0);
        assertEq(share.balanceAt(bob, index[2]), 30);
        assertEq(share.balanceAt(bob, index[3]), 0);
        assertEq(share.balanceOf(bob), 30);
        assertEq(share.holding(bob).checkpoints, 4);
    }

    function test_RemembersASingleShare() public {
        issues(carol, 1, 0);
        uint16 index = declares(1 days);
        itIs(block.timestamp + 1 days);
        transfers(carol, bob, 1);
        assertEq(share.balanceAt(carol, index), 1);
        assertEq(share.balanceAt(bob, index), 50);
    }

    function test_TakesTheAskersWordForTheLastSplit() public {
        releases();
        splits(3);
        assertEq(share.balanceIn(alice, 1, 1), 300);
        assertEq(share.balanceIn(alice, 1, 0), 100, "as it was written");
        assertEq(share.balanceIn(alice, 0, 1), 100, "no split after the period counts");
    }

    function test_WritesNoHistory() public {
        declares(1 days);
        itIs(block.timestamp + 1 days);
        transfers(alice, carol, 10);
        assertEq(share.holding(alice).checkpoints, 1, "its first change");
        transfers(alice, carol, 10);
        assertEq(share.holding(alice).checkpoints, 1, "the same period");
        assertEq(share.holding(bob).checkpoints, 0, "unchanged");
        assertEq(share.holding(carol).checkpoints, 0, "a newcomer has no history");
    }

    function test_LeavesNothingBehind() public {
        declares(1 days);
        itIs(block.timestamp + 1 days);
        transfers(alice, carol, 10);
        assertEq(share.holding(carol).period, 1);
        transfers(carol, bob, 10);
        ShareRegister.Holding memory nothing;
        assertEq(abi.encode(share.holding(carol)), abi.encode(nothing));
    }

    /// @dev Three holders, dates declared in any order, splits, and what each held kept beside.
    function testFuzz_AgreesWithAHistoryWrittenByHand(uint256 seed) public {
        releases();
        address[3] memory who = [alice, bob, carol];
        uint256[4][20] memory byHand;
        uint16[20] memory index;
        uint256 dates = 0;
        uint256 start = block.timestamp;
        for (uint256 step = 0; step < 20; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 3 == 0) index[dates++] = declares(1);
            if (seed % 11 == 0 && share.totalSupply() < 1e5) splits(uint64(2 + seed % 3));
            if (seed % 3 == 0) {
                for (uint256 i = 0; i < 3; ++i) {
                    byHand[dates - 1][i] = share.balanceOf(who[i]);
                }
                byHand[dates - 1][3] = share.totalSupply();
                vm.warp(++start);
            }
            address from = who[(seed >> 8) % 3];
            transfers(from, who[(seed >> 16) % 3], (seed >> 24) % (share.balanceOf(from) + 1));
        }
        for (uint256 date = 0; date < dates; ++date) {
            for (uint256 i = 0; i < 3; ++i) {
                assertEq(share.balanceAt(who[i], index[date]), byHand[date][i], "balance");
            }
            assertEq(share.supplyAt(index[date]), byHand[date][3], "supply");
        }
    }

    /// @dev Asked in the very second of the date, before any transaction; splits and transfers come before and after.
    function testFuzz_SaysTheSameForAPeriodEverAfter(uint256 seed) public {
        releases();
        uint16[8] memory index;
        uint16[2][8] memory asked;
        for (uint256 i = 0; i < 8; ++i) {
            index[i] = declares(8);
        }
        for (uint256 i = 0; i < 8; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 3 == 0) index[i] = declares(1);
            if (seed % 5 < 2) splits(2);
            if (seed % 2 == 0) transfers(alice, bob, (seed >> 8) % (share.balanceOf(alice) + 1));
            vm.warp(block.timestamp + (seed % 3 == 0 ? 1 : 8));
            (asked[i][0], asked[i][1]) = share.periodBefore(index[i]);
            if (seed % 3 != 0) continue;
            assertEq(share.balanceIn(alice, asked[i][0], asked[i][1]), share.balanceOf(alice), "as it is now");
        }
        for (uint256 i = 0; i < 8; ++i) {
            (uint16 period, uint16 lastSplit) = share.periodBefore(index[i]);
            assertEq(period, asked[i][0], "the period");
            assertEq(lastSplit, asked[i][1], "the split before");
            assertEq(share.balanceIn(alice, period, lastSplit), share.balanceAt(alice, index[i]));
            assertEq(share.balanceIn(bob, period, lastSplit), share.balanceAt(bob, index[i]));
            assertEq(share.balanceIn(carol, period, lastSplit), 0, "who never held");
        }
    }
}
