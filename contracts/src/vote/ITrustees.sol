// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deed, TrustOrigin} from "../trust/TrustDeed.sol";

/// @title ITrustees
/// @notice What votes and distributions read of a trust that holds shares.
interface ITrustees {
    /// @notice The trustees in office.
    function trustees() external view returns (address[] memory);

    function deed() external view returns (Deed memory, TrustOrigin memory);
}
