// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LockedLots} from "../../src/share/LockedLots.sol";
import {Stage} from "./Stage.sol";
import {Holders} from "./handlers/Holders.sol";

/// @notice The register is exact (promise 7), after every purchase and every hand that shares go through.
/// forge-config: default.invariant.fail-on-revert = true
contract RegisterPromiseTest is Stage {
    Holders private holders;

    function setUp() public override {
        super.setUp();
        share = openClass(companyId, issuer, 100_000);
        address offering = makeAddr("a round");
        vm.prank(address(directory));
        share.reserve(offering, 100_000);
        recorder.capture();
        holders = new Holders(_scene(), offering);
        targetContract(address(holders));
    }

    function invariant_TheRegisterIsExact() public view {
        (uint256 sum, uint256 count) = (0, 0);
        for (uint256 i = 0; i < wallets.length; ++i) {
            uint256 balance = share.balanceOf(wallets[i]);
            sum += balance;
            if (balance > 0) ++count;
            _lotsAreWithin(wallets[i], balance);
        }
        assertEq(sum, share.totalSupply(), "sum of balances");
        assertEq(sum, holders.issued(), "issued");
        assertEq(sum + share.reserved(), 100_000, "reserved");
        assertEq(count, share.holderCount(), "holders");
    }

    function _lotsAreWithin(address wallet, uint256 balance) private view {
        LockedLots.Lot[] memory lots = share.lotsOf(wallet);
        uint256 sum = 0;
        for (uint256 i = 0; i < lots.length; ++i) {
            if (i > 0) assertLt(lots[i - 1].lockedUntil, lots[i].lockedUntil, "ascending");
            if (lots[i].lockedUntil > block.timestamp) sum += lots[i].shares;
        }
        assertEq(share.lockedOf(wallet), sum);
        assertLe(sum, balance, "no more locked than held");
    }
}
