// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title HandsOn
/// @notice A contract too large for one: what it does not know it hands on to another, fixed for its life, that works on
/// its storage and in its name.
abstract contract HandsOn {
    address private immutable NEXT;

    constructor(address next) {
        NEXT = next;
    }

    fallback() external {
        _handOn();
    }

    /// @dev Answers the call that is running with what the other part makes of it; does not return.
    function _handOn() internal {
        address next = NEXT;
        assembly ("memory-safe") {
            let message := mload(0x40)
            calldatacopy(message, 0, calldatasize())
            let done := delegatecall(gas(), next, message, calldatasize(), 0, 0)
            returndatacopy(message, 0, returndatasize())
            if iszero(done) { revert(message, returndatasize()) }
            return(message, returndatasize())
        }
    }
}
