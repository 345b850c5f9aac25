// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Recovery} from "../../../src/identity/Recovery.sol";
import {Commitment} from "../../../src/round/Commitments.sol";
import {RoundEvents, RoundStatus} from "../../../src/round/RoundEvents.sol";
import {Allocation, RoundTerms} from "../../../src/round/RoundTerms.sol";
import {Ledger} from "../../Ledger.sol";

/// @title RoundTest
/// @notice A round under Regulation Crowdfunding, three investors, and what issuers, rules and recoveries do to them.
abstract contract RoundTest is Ledger {
    uint256 internal constant DEADLINE = 1_499_472_000; // 2017-07-08, a Saturday
    bytes32 internal constant AMENDED = keccak256("Form C/A of WindowMirror");

    address internal alice;
    address internal bob;
    address internal carol;

    function setUp() public virtual override {
        super.setUp();
        round = openRound(filedTerms());
        alice = retail("alice", 100_000);
        bob = retail("bob", 100_000);
        carol = retail("carol", 100_000);
    }

    function amends(uint256 newDeadline, bool material) internal {
        vm.prank(issuer);
        round.amend(uint40(newDeadline), AMENDED, material);
    }

    function announces(uint256 closeAt) internal {
        vm.prank(issuer);
        round.announceEarlyClose(uint40(closeAt));
    }

    function reconfirms(address wallet, uint16 version) internal {
        vm.prank(wallet);
        round.reconfirm(version);
    }

    function commitment(address wallet) internal view returns (Commitment memory) {
        return round.commitmentOf(identityOf(wallet));
    }

    /// @notice A round under other rules, which asks for no minimum worth the name.
    function openRoundUnder(address rules_) internal {
        RoundTerms memory terms = filedTerms();
        terms.rules = rules_;
        terms.minimumShares = 1;
        round = openRound(terms);
    }

    /// @notice A round that allots pro rata, up to `most` committed.
    function openProRata(uint64 maximum, uint64 most) internal {
        RoundTerms memory terms = filedTerms();
        terms.allocation = Allocation.ProRata;
        terms.minimumShares = 1;
        terms.minimumTicket = 1;
        terms.maximumShares = maximum;
        terms.oversubscriptionShares = most;
        round = openRound(terms);
    }

    /// @notice The registrar says that the wallet's owner is an affiliate of the issuer.
    function isAffiliate(address wallet) internal {
        bytes32 issuerKey = directory.issuerKey(companyId);
        vm.prank(registrar);
        registry.attestAffiliate(identityOf(wallet), issuerKey, true, "Form ID");
    }

    function announcesRecovery(address wallet, address newWallet) internal {
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, identityOf(wallet), newWallet, "affidavit");
    }

    /// @notice The wallet's person acts through another one from now on.
    function recovers(address wallet, address newWallet) internal {
        announcesRecovery(wallet, newWallet);
        vm.prank(recoverer);
        recovery.confirm(identityOf(wallet), "affidavit");
        itIs(block.timestamp + 14 days);
        recovery.execute(identityOf(wallet));
    }

    function wrongStatus(RoundStatus is_, RoundStatus required) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(RoundEvents.WrongStatus.selector, is_, required);
    }
}
