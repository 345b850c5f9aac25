// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InstanceAddress} from "../../../src/ledger/InstanceAddress.sol";
import {Test} from "forge-std/Test.sol";

contract InstanceAddressTest is Test {
    function testFuzz_IsTheAddressOfWhatWasCreated(uint64 nonce) public {
        nonce = uint64(bound(nonce, vm.getNonce(address(this)), 2 ** 48 - 1));
        vm.setNonce(address(this), nonce);
        assertEq(address(new Empty()), InstanceAddress.created(address(this), nonce));
    }

    function testFuzz_IsTheAddressThatTheNodeComputes(address creator, uint256 nonce) public pure {
        nonce = bound(nonce, 1, 2 ** 48 - 1);
        assertEq(InstanceAddress.created(creator, nonce), vm.computeCreateAddress(creator, nonce));
    }

    function test_HoldsAtEveryChangeOfLength() public view {
        _same(1);
        _same(0x7f);
        _same(0x80);
        for (uint256 length = 1; length < 6; ++length) {
            _same(2 ** (8 * length) - 1);
            _same(2 ** (8 * length));
        }
        _same(2 ** 48 - 1);
    }

    function _same(uint256 nonce) private view {
        assertEq(InstanceAddress.created(address(this), nonce), vm.computeCreateAddress(address(this), nonce));
    }
}

contract Empty {}
