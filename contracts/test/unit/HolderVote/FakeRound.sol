// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProceedsRound} from "../../../src/trust/IProceedsRound.sol";

/// @notice A settled round whose allotments are written down by the test.
contract FakeRound {
    struct Allotment {
        address wallet;
        uint64 shares;
        bool outside;
    }

    IProceedsRound.Status public status = IProceedsRound.Status.Settled;
    uint256 public outsideShares;
    mapping(bytes32 identity => Allotment) public allotmentOf;

    function setStatus(IProceedsRound.Status given) external {
        status = given;
    }

    function allot(bytes32 identity, address wallet, uint64 shares, bool outside) external {
        allotmentOf[identity] = Allotment(wallet, shares, outside);
        if (outside) outsideShares += shares;
    }
}
