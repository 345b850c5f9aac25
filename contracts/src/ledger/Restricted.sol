// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @title Restricted
/// @notice A contract some of whose functions are reserved for the roles of one authority, fixed for its life.
/// @dev A role with a delay calls through `authority.schedule` and `authority.execute`.
abstract contract Restricted {
    IAccessManager private immutable AUTHORITY;

    error NotAuthorized(address caller, bytes4 selector);

    constructor(IAccessManager authority_) {
        AUTHORITY = authority_;
    }

    modifier restricted() {
        _requireRole();
        _;
    }

    /// @notice The authority that is asked.
    function authority() public view returns (address) {
        return address(AUTHORITY);
    }

    function _requireRole() private view {
        (bool immediate,) = AUTHORITY.canCall(msg.sender, address(this), msg.sig);
        if (!immediate) revert NotAuthorized(msg.sender, msg.sig);
    }
}
