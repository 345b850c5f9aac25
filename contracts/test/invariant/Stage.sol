// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../src/identity/Category.sol";
import {Commitment, CommitmentState} from "../../src/round/Commitments.sol";
import {RoundTerms} from "../../src/round/RoundTerms.sol";
import {Ledger} from "../Ledger.sol";
import {Scene} from "./handlers/Actors.sol";
import {Anyone} from "./handlers/Anyone.sol";
import {Intruders} from "./handlers/Intruders.sol";
import {Investors} from "./handlers/Investors.sol";
import {Roles} from "./handlers/Roles.sol";

/// @title Stage
/// @notice A small round, six investors of every kind, and everyone who can touch it, set free.
abstract contract Stage is Ledger {
    uint256 internal constant PRICE = 3_333_333;
    uint256 internal constant FEE_BPS = 737;
    uint256 internal constant DEADLINE = 1_499_472_000; // 2017-07-08

    Investors internal investors;
    Anyone internal anyone;
    Roles internal roles;
    Intruders internal intruders;
    address[] internal wallets;
    bytes32 internal opened;

    function setUp() public virtual override {
        super.setUp();
        companyId = registerCompany(issuer, uint16(FEE_BPS));
        share = openClass(companyId, issuer, 1000);
        round = openRound(stageTerms());
        opened = keccak256(address(round).code);
        Category[6] memory kinds = [
            Category.Retail,
            Category.Sophisticated,
            Category.Accredited,
            Category.Qualified,
            Category.Institution,
            Category.Nominee
        ];
        for (uint256 i = 0; i < kinds.length; ++i) {
            wallets.push(makeAddr(string.concat("investor ", vm.toString(i))));
            attest(wallets[i], kinds[i], 50_000, block.timestamp + 300 days);
        }
        recorder.capture();
        Scene memory scene = _scene();
        investors = new Investors(scene);
        anyone = new Anyone(scene, DEADLINE);
        roles = new Roles(scene);
        intruders = new Intruders(scene);
    }

    function stageTerms() internal view returns (RoundTerms memory terms) {
        terms = filedTerms();
        terms.shareClass = address(share);
        terms.price = uint128(PRICE);
        terms.minimumShares = 150;
        terms.maximumShares = 900;
        terms.minimumTicket = 3;
        terms.feeBps = uint16(FEE_BPS);
    }

    function commitment(address wallet) internal view returns (Commitment memory) {
        return round.commitmentOf(identityOf(wallet));
    }

    /// @notice Money that the round holds for this investor: committed, and neither settled nor given back.
    function inside(address wallet) internal view returns (uint256) {
        Commitment memory c = commitment(wallet);
        bool held = c.state == CommitmentState.Live || c.state == CommitmentState.Excluded;
        return held ? c.shares * PRICE : 0;
    }

    function _scene() internal view returns (Scene memory) {
        return Scene({
            recorder: recorder,
            authority: authority,
            registry: registry,
            limits: limits,
            directory: directory,
            dollar: dollar,
            share: share,
            round: round,
            admin: admin,
            operator: operator,
            registrar: registrar,
            guardian: guardian,
            issuer: issuer,
            platform: platform,
            outsider: outsider,
            investors: wallets
        });
    }
}
