// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PayoutStage} from "./PayoutStage.sol";

contract DistributionFiguresTest is PayoutStage {
    function testFuzz_SumsWhatIsOwedFromItsParts(uint32[5] memory amounts, uint256 seed) public {
        attestsWithholding(bob, 1999);
        notes(bob);
        dollar.mint(address(payout), 13);
        for (uint256 i = 0; i < 5; ++i) {
            uint96 amount = uint96(bound(amounts[i], 1, type(uint32).max));
            uint256 id = i == 0 ? pays(amount) : paysAgain(amount);
            for (uint256 j = 0; j < 3; ++j) {
                if (seed >> (3 * i + j) & 1 == 1) claims(id, everyone()[j]);
            }
            _partsAddUp();
        }
        for (uint256 i = 1; i <= 5; ++i) {
            pushesAll(i);
            _partsAddUp();
        }
        assertEq(owed(), payout.carried() + payout.companyCredit(), "everyone has claimed");
        requireFolded();
    }

    function test_SaysWhatNobodyHasClaimedForEver() public {
        uint256 id = pays(600);
        claims(id, alice);
        passesTo(block.timestamp + 36_500 days);
        assertEq(unclaimed(id), 300);
        assertEq(payout.distribution(id).unclaimedShares, 3);
        assertEq(claims(id, bob), 200, "and still pays it");
    }

    function _partsAddUp() private view {
        uint256 sum = payout.carried() + payout.companyCredit();
        for (uint256 i = 1; i <= payout.distributionCount(); ++i) {
            sum += unclaimed(i);
        }
        assertEq(owed(), sum, "owed");
        assertEq(payout.conserved().length, 1, "one token");
        assertEq(payout.conserved()[0].held, sum + 13, "held");
        assertEq(payout.conserved()[0].surplus, 13, "surplus");
    }
}
