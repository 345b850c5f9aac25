// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

/// @title Reached
/// @notice What actors reach in many walks, and what they should: outcomes by name, refusals by the selectors of their
/// errors. The state of a walk is given up when it is over, so counts are kept in memory.
abstract contract Reached is Test {
    struct Reach {
        bytes32[] what;
        uint256[] times;
    }

    function reachOf(bytes32[] memory outcomes, bytes4[] memory reasons) internal pure returns (Reach memory reach) {
        reach.what = new bytes32[](outcomes.length + reasons.length);
        reach.times = new uint256[](reach.what.length);
        for (uint256 i = 0; i < outcomes.length; ++i) {
            reach.what[i] = outcomes[i];
        }
        for (uint256 i = 0; i < reasons.length; ++i) {
            reach.what[outcomes.length + i] = reasons[i];
        }
    }

    /// @notice Adds what a walk came to.
    function add(Reach memory reach, function(bytes32) external view returns (uint256) times) internal view {
        for (uint256 i = 0; i < reach.what.length; ++i) {
            reach.times[i] += times(reach.what[i]);
        }
    }

    /// @notice Each so often at least; all that were not are named together.
    function assertReached(Reach memory reach, uint256 least) internal pure {
        string memory missing = "";
        for (uint256 i = 0; i < reach.what.length; ++i) {
            if (reach.times[i] >= least) continue;
            missing = string.concat(missing, _name(reach.what[i]), " ", vm.toString(reach.times[i]), "; ");
        }
        assertEq(missing, "", "reached too rarely");
    }

    /// @notice What these actors have no way to; whoever gives them one says here so.
    function assertNever(Reach memory reach) internal pure {
        for (uint256 i = 0; i < reach.what.length; ++i) {
            assertEq(reach.times[i], 0, string.concat(_name(reach.what[i]), " was reached after all"));
        }
    }

    function reachOf(bytes4[] memory reasons) internal pure returns (Reach memory) {
        return reachOf(new bytes32[](0), reasons);
    }

    function _name(bytes32 what) private pure returns (string memory) {
        if (what << 32 == 0) return vm.toString(abi.encodePacked(bytes4(what)));
        if ((what >> 8) << 40 == 0) return vm.toString(what);
        uint256 length = 0;
        while (length < 32 && what[length] != 0) ++length;
        bytes memory name = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            name[i] = what[i];
        }
        return string(name);
    }
}
