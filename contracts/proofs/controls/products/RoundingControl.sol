// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Entitlement} from "../../../src/distribution/Entitlement.sol";
import {Allotment} from "../../../src/round/Allotment.sol";

/// @notice What is not so, and must be found out: that floors add up to the floor of the sum, and that an allotment is
/// smaller than its commitment.
contract RoundingControl {
    function floorsAddUp(uint64 some, uint64 one, uint96 pool, uint64 supply) external pure {
        require(supply > 0 && uint256(some) + one <= supply);
        uint256 together = Entitlement.due(some, pool, supply) + Entitlement.due(one, pool, supply);
        assert(together == Entitlement.due(uint256(some) + one, pool, supply));
    }

    function isLessThanWasCommitted(uint64 before, uint64 shares, uint64 onSale, uint64 total) external pure {
        require(shares > 0 && total > 0 && uint256(before) + shares <= total);
        assert(Allotment.ofCommitment(before, shares, onSale, total) < shares);
    }
}
