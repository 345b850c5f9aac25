// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../src/identity/Category.sol";
import {InvestorRegistry} from "../../src/identity/InvestorRegistry.sol";
import {ClassTerms} from "../../src/share/ClassTerms.sol";
import {Stage} from "./Stage.sol";
import {Holders} from "./handlers/Holders.sol";

/// @title RegisterAtLarge
/// @notice A share class with a cap on its holders and a smallest holding, and everyone who can touch it, set free.
abstract contract RegisterAtLarge is Stage {
    uint256 internal constant CAP = 8;

    Holders internal holders;

    function setUp() public virtual override {
        super.setUp();
        ClassTerms memory terms = classTerms(companyId, 100_000);
        terms.holderCap = uint32(CAP);
        terms.smallestHolding = 2;
        share = openClass(issuer, terms);
        address offering = makeAddr("a round");
        vm.prank(address(directory));
        share.reserve(offering, 1);
        attest(issuer, Category.Retail, 0, block.timestamp + 3650 days);
        for (uint256 i = 0; i < wallets.length; ++i) {
            InvestorRegistry.Attestation memory given = attestation(
                wallets[i], registry.investor(identityOf(wallets[i])).category, 3650 days + block.timestamp
            );
            if (given.category == Category.Nominee) given.persons = 3;
            vm.prank(registrar);
            registry.attest(given, new InvestorRegistry.YearlyLimit[](0));
        }
        wallets.push(issuer);
        recorder.capture();
        holders = new Holders(_scene(), offering, recoverer);
    }
}
