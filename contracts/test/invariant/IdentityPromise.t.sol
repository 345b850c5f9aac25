// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../src/identity/Category.sol";
import {InvestorRegistry} from "../../src/identity/InvestorRegistry.sol";
import {Recovery} from "../../src/identity/Recovery.sol";
import {Restricted} from "../../src/ledger/Restricted.sol";
import {Ledger} from "../Ledger.sol";
import {Reached} from "./Reached.sol";
import {Parties, Successions} from "./handlers/Successions.sol";

/// @notice Nobody comes to act for a person but by a recovery: registrar, second party, delay, and no objection.
contract IdentityPromiseTest is Ledger, Reached {
    uint256 private constant PERSONS = 5;
    uint256 private constant WALLETS = 25;

    Successions private successions;
    address[] private wallets;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < WALLETS; ++i) {
            wallets.push(makeAddr(string.concat("wallet ", vm.toString(i))));
            if (i < PERSONS) attest(wallets[i], Category.Retail, 2500, block.timestamp + 90 days);
        }
        recorder.capture();
        successions = new Successions(Parties(recorder, registry, recovery, registrar, recoverer, wallets));
        targetContract(address(successions));
    }

    function invariant_NobodyMovesAPersonButByARecovery() public view {
        assertEq(successions.violations(), 0, "violations");
        for (uint256 i = 0; i < PERSONS; ++i) {
            bytes32 id = successions.identity(i);
            assertEq(registry.currentWalletOf(id), _actingWallet(id), "acting wallet");
            assertEq(registry.investor(id).wallet, registry.currentWalletOf(id), "person that acts");
        }
    }

    function invariant_APersonHasOneWalletAndAWalletOnePerson() public view {
        uint256[PERSONS] memory active;
        for (uint256 w = 0; w < WALLETS; ++w) {
            bytes32 found = registry.identityOf(wallets[w]);
            for (uint256 i = 0; i < PERSONS; ++i) {
                if (found == successions.identity(i)) ++active[i];
            }
        }
        for (uint256 i = 0; i < PERSONS; ++i) {
            bytes32 id = successions.identity(i);
            bool dead = successions.heirOf(id) != 0;
            assertEq(active[i], dead ? 0 : 1, "active wallets");
            if (!dead) assertEq(registry.identityOf(registry.activeWalletOf(id)), id, "named back");
        }
    }

    function invariant_AWalletThatWasGivenUpNeverComesBack() public view {
        for (uint256 w = 0; w < WALLETS; ++w) {
            address successor = registry.successorOf(wallets[w]);
            if (!successions.givenUp(wallets[w])) {
                assertEq(successor, address(0), "never given up");
                continue;
            }
            assertEq(registry.identityOf(wallets[w]), 0, "identity");
            assertFalse(registry.isVerified(wallets[w]), "verified");
            assertTrue(successor != address(0) && registry.identityOf(successor) != 0, "somebody acts");
        }
    }

    /// @dev What the invariants are about happens.
    function test_TheActorsRecoverInheritObjectAndLapseAndAreRefused() public {
        Reach memory refusals = reachOf(_reasons());
        Reach memory never = reachOf(_beyondThem());
        for (uint256 walk = 0; walk < 48; ++walk) {
            _walk(walk, refusals, never);
        }
        assertReached(refusals, 2);
        assertNever(never);
        assertGt(_reached[0], 10, "recoveries");
        assertGt(_reached[1], 10, "inheritances");
        assertGt(_reached[2], 10, "objections");
        assertGt(_reached[3], 10, "lapses");
        assertGt(_reached[4], 3, "confirmed by a key");
    }

    uint256[5] private _reached;

    function _walk(uint256 walk, Reach memory refusals, Reach memory never) private {
        uint256 state = vm.snapshotState();
        uint256 seed = uint256(keccak256(abi.encode(walk)));
        for (uint256 step = 0; step < 256; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            _step(seed % 19, seed >> 8, seed >> 72, seed >> 136);
        }
        uint256[5] memory reached = [
            successions.recoveries(),
            successions.inheritances(),
            successions.objections(),
            successions.lapses(),
            successions.confirmedByKey()
        ];
        add(refusals, successions.times);
        add(never, successions.times);
        assertTrue(vm.revertToStateAndDelete(state));
        recorder.forget();
        for (uint256 i = 0; i < reached.length; ++i) {
            _reached[i] += reached[i];
        }
    }

    function _step(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind == 0) successions.announceWallet(a, b, c);
        else if (kind == 1) successions.announceHeir(a, b, c);
        else if (kind == 2) _rarely(a, b);
        else if (kind == 3) successions.attest(a, b, c % 2 == 0);
        else if (kind == 4 || kind == 10 || kind == 11) successions.confirm(a, b);
        else if (kind == 5) successions.confirmWithKey(a, b);
        else if (kind == 6) successions.nameKey(a, b);
        else _stepOfOthers(kind, a, b, c);
    }

    function _stepOfOthers(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind == 7) successions.object(a, b);
        else if (kind == 9) successions.intrude(a, b, c);
        else if (kind == 18) successions.err(a, b % 1000);
        else if (kind == 8 || kind > 14) successions.execute(a, b);
        else successions.wait(a);
    }

    function _rarely(uint256 a, uint256 b) private {
        if (a % 8 == 0) successions.withdraw(b);
    }

    function _actingWallet(bytes32 id) private view returns (address) {
        while (successions.heirOf(id) != 0) {
            id = successions.heirOf(id);
        }
        return successions.walletOf(id);
    }

    /// @dev Every reason for which a recovery or an attestation is refused, but those that come next.
    function _reasons() private pure returns (bytes4[] memory all) {
        bytes4[33] memory list = [
            Recovery.DocumentMissing.selector,
            Recovery.KindDoesNotFit.selector,
            Recovery.NotAPersonsWallet.selector,
            Recovery.RecoveryIsPending.selector,
            Recovery.LeftInPeace.selector,
            Recovery.NothingAnnounced.selector,
            Recovery.NotAwaitingConfirmation.selector,
            Recovery.NotTheDocument.selector,
            Recovery.NotTheRecoveryKey.selector,
            Recovery.KeyNamedTooLate.selector,
            Recovery.KeyGivenUp.selector,
            Recovery.NotConfirmed.selector,
            Recovery.StillOpenToObjection.selector,
            Recovery.NotTheOldWallet.selector,
            InvestorRegistry.IdentityMissing.selector,
            InvestorRegistry.WalletMissing.selector,
            InvestorRegistry.CategoryMissing.selector,
            InvestorRegistry.CountryOutOfRange.selector,
            InvestorRegistry.PersonsOutOfRange.selector,
            InvestorRegistry.WithholdingTooHigh.selector,
            InvestorRegistry.WalletBelongsToAnother.selector,
            InvestorRegistry.IdentityHasAnotherWallet.selector,
            InvestorRegistry.EstateHasPassed.selector,
            InvestorRegistry.AttestationInThePast.selector,
            InvestorRegistry.AttestationTooLong.selector,
            InvestorRegistry.UnknownIdentity.selector,
            InvestorRegistry.LimitsDoNotMatch.selector,
            InvestorRegistry.IssuerMissing.selector,
            InvestorRegistry.SameWalletTwice.selector,
            InvestorRegistry.OnlyRecovery.selector,
            InvestorRegistry.WalletTaken.selector,
            InvestorRegistry.HeirIsTheDead.selector,
            Restricted.NotAuthorized.selector
        ];
        all = new bytes4[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            all[i] = list[i];
        }
    }

    /// @dev Companies' keys are recovered in `RoundsPlay`; registrar and second party are not one; and no trust or
    /// distribution is opened here, whose address somebody could be given.
    function _beyondThem() private pure returns (bytes4[] memory all) {
        bytes4[7] memory list = [
            Recovery.UnknownCompany.selector,
            Recovery.NotACompany.selector,
            Recovery.ControllerMissing.selector,
            Recovery.AlreadyInControl.selector,
            Recovery.ControllerHasChanged.selector,
            Recovery.SamePartyTwice.selector,
            InvestorRegistry.WalletIsInstance.selector
        ];
        all = new bytes4[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            all[i] = list[i];
        }
    }
}
