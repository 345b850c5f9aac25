// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Persons} from "./Persons.sol";

/// @notice Who comes after a wallet, and after a person.
contract InvestorRegistrySuccessionTest is Persons {
    address private next = makeAddr("next");

    function setUp() public override {
        super.setUp();
        attests(given(alice), REG_CF, USD, 2500e6);
        attests(given(bob));
        attests(given(carol));
    }

    function test_LetsOnlyRecoveryReplaceAnyone() public {
        address[7] memory others = [operator, registrar, guardian, recoverer, admin, alice, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            bytes memory refused =
                abi.encodeWithSelector(InvestorRegistry.OnlyRecovery.selector, others[i], address(recovery));
            vm.startPrank(others[i]);
            vm.expectRevert(refused);
            registry.succeed(identityOf(alice), next);
            vm.expectRevert(refused);
            registry.inherit(identityOf(alice), identityOf(bob));
            vm.stopPrank();
        }
        assertEq(address(registry.recovery()), address(recovery));
    }

    // ------------------------------------------------------------------------------------------ another wallet

    function test_ReplacesNoWalletOfNobody() public {
        vm.startPrank(address(recovery));
        vm.expectRevert(_unknown("nobody"));
        registry.succeed("nobody", next);
        vm.expectRevert(_unknown("nobody"));
        registry.activeWalletOf("nobody");
    }

    function test_ReplacesNoWalletOfTheDead() public {
        inherits(alice, bob);
        vm.expectRevert(_unknown(identityOf(alice)));
        vm.prank(address(recovery));
        registry.succeed(identityOf(alice), next);
    }

    function test_TakesNoWalletThatWasEverTaken() public {
        vm.startPrank(address(recovery));
        vm.expectRevert(InvestorRegistry.WalletMissing.selector);
        registry.succeed(identityOf(alice), address(0));
        vm.expectRevert(_taken(bob, bob));
        registry.succeed(identityOf(alice), bob);
        vm.expectRevert(_taken(alice, alice));
        registry.succeed(identityOf(alice), alice);
        registry.succeed(identityOf(alice), next);
        vm.expectRevert(_taken(alice, alice));
        registry.succeed(identityOf(alice), alice);
        vm.expectRevert(_taken(alice, alice));
        registry.succeed(identityOf(bob), alice);
        registry.inherit(identityOf(bob), identityOf(carol));
        vm.expectRevert(_taken(bob, bob));
        registry.succeed(identityOf(alice), bob);
        registry.requireFree(outsider);
    }

    function test_HandsEverythingAttestedToTheNewWallet() public {
        InvestorRegistry.Investor memory expected = registry.investor(identityOf(alice));
        expected.wallet = next;
        vm.expectEmit(address(registry));
        emit InvestorRegistry.WalletSucceeded(identityOf(alice), alice, next);
        succeeds(alice, next);
        assertEligible(next, identityOf(alice), true);
        (bytes32 identity, InvestorRegistry.Investor memory person) = registry.holderOf(next);
        assertEq(identity, identityOf(alice));
        assertEq(abi.encode(person), abi.encode(expected));
        assertEq(abi.encode(registry.investor(identity)), abi.encode(expected));
        assertEq(registry.yearlyLimit(identity, REG_CF, USD), 2500e6);
        assertEq(registry.activeWalletOf(identity), next);
        requireHistories();
    }

    function test_ForgetsTheOldWalletAsAHolderAndRemembersWhatCameAfter() public {
        assertEq(registry.successorOf(alice), address(0), "active");
        assertEq(registry.successorOf(next), address(0), "unknown");
        succeeds(alice, next);
        assertUnknown(alice);
        assertEq(registry.successorOf(alice), next);
        assertEq(registry.successorOf(next), address(0));
        assertEq(registry.currentWalletOf(identityOf(alice)), next);
        assertEligible(bob, identityOf(bob), true);
    }

    function testFuzz_FollowsAChainOfWalletsToItsEnd(uint8 links) public {
        address last = alice;
        links = uint8(bound(links, 1, 20));
        for (uint256 i = 0; i < links; ++i) {
            address wallet = vm.addr(1000 + i);
            succeeds(last, wallet);
            last = wallet;
            assertEq(registry.successorOf(alice), wallet);
        }
        for (uint256 i = 0; i + 1 < links; ++i) {
            assertUnknown(vm.addr(1000 + i));
            assertEq(registry.successorOf(vm.addr(1000 + i)), last);
        }
        assertEligible(last, identityOf(alice), true);
    }

    // ------------------------------------------------------------------------------------------ heirs

    function test_PassesNoEstateOfNobody() public {
        vm.expectRevert(_unknown("nobody"));
        vm.prank(address(recovery));
        registry.inherit("nobody", identityOf(bob));
    }

    function test_PassesAnEstateOnce() public {
        inherits(alice, bob);
        vm.expectRevert(_unknown(identityOf(alice)));
        inherits(alice, carol);
    }

    function test_PassesNoEstateToNobody() public {
        vm.startPrank(address(recovery));
        vm.expectRevert(_unknown("nobody"));
        registry.inherit(identityOf(alice), "nobody");
        vm.expectRevert(_unknown(0));
        registry.inherit(identityOf(alice), 0);
    }

    function test_PassesNoEstateToTheDeadThemselves() public {
        vm.expectRevert(
            abi.encodeWithSelector(InvestorRegistry.HeirIsTheDead.selector, identityOf(alice), identityOf(alice))
        );
        inherits(alice, alice);
    }

    function test_ClosesNoCircle() public {
        inherits(alice, bob);
        vm.expectRevert(
            abi.encodeWithSelector(InvestorRegistry.HeirIsTheDead.selector, identityOf(bob), identityOf(alice))
        );
        inherits(bob, alice);
        inherits(bob, carol);
        vm.expectRevert(
            abi.encodeWithSelector(InvestorRegistry.HeirIsTheDead.selector, identityOf(carol), identityOf(alice))
        );
        inherits(carol, alice);
    }

    function test_PassesToWhomTheHeirsEstatePassed() public {
        inherits(bob, carol);
        assertEq(registry.livingHeirOf(identityOf(alice), identityOf(bob)), identityOf(carol));
        vm.expectEmit(address(registry));
        emit InvestorRegistry.EstatePassed(identityOf(alice), identityOf(carol), alice, carol);
        inherits(alice, bob);
        assertEq(registry.currentWalletOf(identityOf(alice)), carol);
        assertEq(registry.actingFor(identityOf(alice)), identityOf(carol));
    }

    function test_LetsTheHeirActForTheDead() public {
        vm.expectEmit(address(registry));
        emit InvestorRegistry.EstatePassed(identityOf(alice), identityOf(bob), alice, bob);
        inherits(alice, bob);
        assertUnknown(alice);
        assertEq(registry.currentWalletOf(identityOf(alice)), bob);
        assertEq(registry.successorOf(alice), bob);
        assertEq(registry.actingFor(identityOf(alice)), identityOf(bob));
        assertEq(registry.actingFor(identityOf(bob)), identityOf(bob));
        assertEq(abi.encode(registry.investor(identityOf(alice))), abi.encode(registry.investor(identityOf(bob))));
        assertEligible(bob, identityOf(bob), true);
        assertEq(registry.yearlyLimit(identityOf(bob), REG_CF, USD), 0, "limits are not inherited");
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), 2500e6);
        requireHistories();
    }

    function test_PassesToAnHeirWhoseAttestationHasExpired() public {
        itIs(block.timestamp + 400 days);
        inherits(alice, bob);
        assertEq(registry.currentWalletOf(identityOf(alice)), bob);
        assertEligible(bob, identityOf(bob), false);
        attests(given(bob));
        assertEligible(bob, identityOf(bob), true);
    }

    function test_FollowsTheHeirToAnotherWallet() public {
        inherits(alice, bob);
        succeeds(bob, next);
        assertEq(registry.currentWalletOf(identityOf(alice)), next);
        assertEq(registry.successorOf(alice), next);
        assertEq(registry.successorOf(bob), next);
    }

    /// @dev Ten persons die or lose keys in any order; whoever is left acts for them.
    function testFuzz_FollowsAnyChainOfHeirsAndWallets(uint256 seed) public {
        address[10] memory first;
        for (uint256 i = 0; i < 10; ++i) {
            first[i] = vm.addr(i + 1);
            attests(attestation(first[i], Category.Retail, block.timestamp + 1 days));
        }
        for (uint256 i = 0; i < 9; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            bytes32 heir = identityOf(first[i + 1 + seed % (9 - i)]);
            bytes32 dead = identityOf(first[i]);
            vm.startPrank(address(recovery));
            if (seed & (1 << 200) != 0) registry.succeed(heir, vm.addr(500 + i));
            registry.inherit(dead, heir);
            vm.stopPrank();
            assertEq(registry.currentWalletOf(dead), registry.currentWalletOf(heir));
        }
        address survivor = registry.activeWalletOf(identityOf(first[9]));
        for (uint256 i = 0; i < 9; ++i) {
            assertEq(registry.currentWalletOf(identityOf(first[i])), survivor);
            assertEq(registry.successorOf(first[i]), survivor);
            assertUnknown(first[i]);
        }
    }

    function _unknown(bytes32 identity) private pure returns (bytes memory) {
        return abi.encodeWithSelector(InvestorRegistry.UnknownIdentity.selector, identity);
    }

    function _taken(address wallet, address person) private pure returns (bytes memory) {
        return abi.encodeWithSelector(InvestorRegistry.WalletTaken.selector, wallet, identityOf(person));
    }
}
