// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../identity/Category.sol";
import {IRoundRules} from "./IRoundRules.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title PlainRules
/// @notice What holds for a round where its regime says nothing: everybody may leave until the deadline, nothing has to
/// be reconfirmed, nothing is limited, counted or locked.
abstract contract PlainRules is IRoundRules {
    /// @notice An early end is announced at least this long ahead. No statute asks for it: whoever relied on the deadline
    /// has the time to leave.
    uint256 public constant EARLY_CLOSE_NOTICE = 48 hours;

    error DeadlineNotAfterOpening(uint256 opensAt, uint256 deadline);

    /// @inheritdoc IRoundRules
    function regime() public view virtual returns (bytes32);

    /// @inheritdoc IRoundRules
    function requireTerms(bytes3, uint256 opensAt, uint256 deadline, uint256)
        public
        view
        virtual
        returns (Regime memory)
    {
        if (deadline <= opensAt) revert DeadlineNotAfterOpening(opensAt, deadline);
        return Regime(regime(), issuerLimit(), holderCap(), countsPersons());
    }

    /// @inheritdoc IRoundRules
    function issuerLimit() public view virtual returns (uint256) {
        return type(uint256).max;
    }

    /// @inheritdoc IRoundRules
    function holderCap() public view virtual returns (uint32) {
        return 0;
    }

    /// @inheritdoc IRoundRules
    function countsPersons() public pure returns (bool) {
        return false;
    }

    /// @inheritdoc IRoundRules
    function cancellableUntil(Category, uint256, uint256 deadline) external view virtual returns (uint256) {
        return deadline;
    }

    /// @inheritdoc IRoundRules
    function earlyCloseAllowedFrom(uint256 opensAt, uint256, uint256 announcedAt)
        external
        view
        virtual
        returns (uint256)
    {
        return Math.max(opensAt, announcedAt) + EARLY_CLOSE_NOTICE;
    }

    /// @inheritdoc IRoundRules
    function earliestClose(uint256, uint256 deadline, uint256 announcedCloseAt) external pure returns (uint256) {
        return announcedCloseAt == 0 ? deadline : Math.min(deadline, announcedCloseAt);
    }

    /// @inheritdoc IRoundRules
    function tallyFrom(uint256 closedAt, uint256 lastReflectionEnd) external pure returns (uint256) {
        return Math.max(closedAt, lastReflectionEnd);
    }

    /// @inheritdoc IRoundRules
    function reconfirmBy(uint256) external pure returns (uint256) {
        return 0;
    }

    /// @inheritdoc IRoundRules
    function deadlineAfter(uint256, uint256 deadline) external pure returns (uint256) {
        return deadline;
    }

    /// @inheritdoc IRoundRules
    function lockedUntil(uint256 issuedAt) external view virtual returns (uint256) {
        return issuedAt;
    }
}
