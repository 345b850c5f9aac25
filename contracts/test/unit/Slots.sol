// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

/// @notice How many slots a call writes, and leaves empty.
abstract contract Slots is Test {
    /// @dev Of the contract, written since `vm.record`, each once, and those of them that are empty now.
    function slotsOf(address target) internal returns (uint256 written, uint256 emptied) {
        (, bytes32[] memory writes) = vm.accesses(target);
        for (uint256 i = 0; i < writes.length; ++i) {
            uint256 first = 0;
            while (writes[first] != writes[i]) ++first;
            if (first < i) continue;
            ++written;
            if (vm.load(target, writes[i]) == 0) ++emptied;
        }
    }
}
