// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DemoDollar} from "../../src/settlement/DemoDollar.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Test} from "forge-std/Test.sol";

/// @notice The embedded chain's money looks like a dollar stablecoin to a wallet.
contract DemoDollarTest is Test {
    bytes32 private constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    DemoDollar private dollar;
    address private owner;
    uint256 private key;

    function setUp() public {
        dollar = DemoDollar(deployCode("DemoDollar.sol"));
        (owner, key) = makeAddrAndKey("owner");
    }

    function test_IsADollarOfSixDecimals() public view {
        assertEq(dollar.name(), "Demo Dollar");
        assertEq(dollar.symbol(), "DUSD");
        assertEq(dollar.decimals(), 6);
    }

    function test_AnyoneMintsUpToTenMillionAtOnce() public {
        dollar.mint(owner, 10_000_000e6);
        assertEq(dollar.balanceOf(owner), 10_000_000e6);
        vm.expectRevert(
            abi.encodeWithSelector(DemoDollar.MintTooLarge.selector, uint256(10_000_000e6) + 1, 10_000_000e6)
        );
        dollar.mint(owner, 10_000_000e6 + 1);
    }

    function test_TakesAPermit() public {
        bytes32 digest = _digest(keccak256(abi.encode(PERMIT, owner, address(this), 7, 0, block.timestamp)));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        dollar.permit(owner, address(this), 7, block.timestamp, v, r, s);
        assertEq(dollar.allowance(owner, address(this)), 7);
    }

    function test_TakesAnAuthorisationFromItsReceiverAlone() public {
        dollar.mint(owner, 7);
        vm.warp(1000);
        bytes32 digest = _digest(keccak256(abi.encode(RECEIVE, owner, address(this), 7, 0, 2000, bytes32("once"))));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(this)));
        vm.prank(owner);
        dollar.receiveWithAuthorization(owner, address(this), 7, 0, 2000, "once", v, r, s);
        dollar.receiveWithAuthorization(owner, address(this), 7, 0, 2000, "once", v, r, s);
        assertEq(dollar.balanceOf(address(this)), 7);
    }

    function _digest(bytes32 structHash) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", dollar.DOMAIN_SEPARATOR(), structHash));
    }
}
