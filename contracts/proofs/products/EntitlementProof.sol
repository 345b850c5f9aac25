// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Entitlement} from "../../src/distribution/Entitlement.sol";

/// @notice Whatever holders claim, together they never come to more than the pool, and nothing is withheld or paid in a
/// shortfall beyond what there is.
contract EntitlementProof {
    /// @dev By induction over holders: what some are due together is at most what one with all their shares is due.
    function togetherNoMoreThanAsOne(uint64 some, uint64 one, uint96 pool, uint64 supply) external pure {
        require(supply > 0 && uint256(some) + one <= supply);
        uint256 together = Entitlement.due(some, pool, supply) + Entitlement.due(one, pool, supply);
        assert(together <= Entitlement.due(uint256(some) + one, pool, supply));
    }

    function allSharesAreDueThePool(uint96 pool, uint64 supply) external pure {
        require(supply > 0);
        assert(Entitlement.due(supply, pool, supply) == pool);
    }

    /// @dev Each loses less than one of the token's smallest unit to rounding.
    function losesLessThanOneUnit(uint64 shares, uint96 pool, uint64 supply) external pure {
        require(supply > 0 && shares <= supply);
        uint256 due = Entitlement.due(shares, pool, supply);
        assert(due <= pool);
        assert((due + 1) * supply > uint256(shares) * pool);
    }

    function withholdsAPartOnly(uint96 entitlement, uint16 bps) external pure {
        require(bps <= Entitlement.BPS);
        assert(Entitlement.withheld(entitlement, bps) <= entitlement);
    }

    /// @dev Whoever is paid in a shortfall leaves to the others at least the part that they had before.
    function shortfallIsShared(uint96 amount, uint128 held, uint128 owed) external pure {
        require(held < owed && amount <= owed);
        uint256 paid = Entitlement.inShortfall(amount, held, owed);
        assert(paid <= amount);
        assert(paid <= held);
        assert((held - paid) * owed >= uint256(held) * (owed - amount));
    }
}
