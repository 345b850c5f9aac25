// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../src/distribution/Distribution.sol";
import {Category} from "../../src/identity/Category.sol";
import {Ledger} from "../Ledger.sol";
import {Attesters} from "./handlers/Attesters.sol";
import {Claimants} from "./handlers/Claimants.sol";
import {Company} from "./handlers/Company.sol";
import {PayoutScene} from "./handlers/PayoutActors.sol";

/// @title PayoutsAtLarge
/// @notice A share class with five holders, its distributions, and everyone who can touch them, set free.
abstract contract PayoutsAtLarge is Ledger {
    Distribution internal payout;
    Company internal company;
    Claimants internal claimants;
    Attesters internal attesters;
    address[] internal wallets;

    function setUp() public virtual override {
        super.setUp();
        vm.prank(issuer);
        payout = Distribution(directory.openDistribution(address(share), address(dollar)));
        for (uint256 i = 0; i < 5; ++i) {
            wallets.push(accredited(string.concat("holder ", vm.toString(i))));
            vm.prank(issuer);
            share.issueByCompany(wallets[i], uint64(7 * i + 1), 0);
        }
        attest(issuer, Category.Institution, 0, block.timestamp + 3650 days);
        recorder.capture();
        PayoutScene memory scene = _scene();
        company = new Company(scene);
        claimants = new Claimants(scene);
        attesters = new Attesters(scene);
    }

    function _scene() private view returns (PayoutScene memory) {
        address[] memory strangers = new address[](3);
        (strangers[0], strangers[1], strangers[2]) = (outsider, vm.addr(0xbad), vm.addr(0xbee));
        return PayoutScene({
            recorder: recorder,
            registry: registry,
            recovery: recovery,
            dollar: dollar,
            share: share,
            payout: payout,
            issuer: issuer,
            registrar: registrar,
            recoverer: recoverer,
            outsider: outsider,
            holders: wallets,
            strangers: strangers
        });
    }
}
