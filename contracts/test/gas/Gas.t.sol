// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../src/identity/Category.sol";
import {InvestorRegistry} from "../../src/identity/InvestorRegistry.sol";
import {RoundTerms} from "../../src/round/RoundTerms.sol";
import {Calendar} from "../Calendar.sol";
import {Ledger} from "../Ledger.sol";

/// @notice What each act costs whoever pays for it, each call a transaction of its own; kept in snapshots/ and compared
/// whenever the tests run. To accept new figures: FORGE_SNAPSHOT_CHECK=false forge test --match-contract GasTest
/// forge-config: default.isolate = true
contract GasTest is Ledger {
    uint256 private constant BATCH = 20;
    address[] private investors;

    function setUp() public override {
        super.setUp();
        round = openRound(filedTerms());
        for (uint256 i = 0; i < BATCH; ++i) {
            investors.push(retail(string.concat("investor ", vm.toString(i)), 100_000));
        }
    }

    function test_OpeningARound() public {
        RoundTerms memory terms = filedTerms();
        itIs(block.timestamp + 1);
        terms.opensAt = uint40(block.timestamp);
        openRound(terms);
        vm.snapshotGasLastCall("Directory", "openRound");
    }

    function test_RegisteringACompanyAndItsClass() public {
        itIs(block.timestamp + 1);
        registerCompany(issuer, 600);
        vm.snapshotGasLastCall("Directory", "registerCompany");
        openClass(companyId, issuer, AUTHORISED);
        vm.snapshotGasLastCall("Directory", "openShareClass");
    }

    function test_Attesting() public {
        InvestorRegistry.YearlyLimit[] memory yearly = new InvestorRegistry.YearlyLimit[](1);
        yearly[0] = InvestorRegistry.YearlyLimit(REG_CF, USD, 2500e6);
        InvestorRegistry.Attestation memory given = attestation(outsider, Category.Retail, Calendar.day(2018, 1, 1));
        vm.prank(registrar);
        registry.attest(given, yearly);
        vm.snapshotGasLastCall("InvestorRegistry", "attest with one limit");
        itIs(block.timestamp + 1 days);
        vm.prank(registrar);
        registry.attest(given, yearly);
        vm.snapshotGasLastCall("InvestorRegistry", "attest again");
    }

    function test_CommittingAndCancelling() public {
        itIs(block.timestamp + 1 days);
        commits(investors[0], 100);
        vm.snapshotGasLastCall("FundingRound", "commit, the round's first");
        itIs(block.timestamp + 1 days);
        commits(investors[1], 100);
        vm.snapshotGasLastCall("FundingRound", "commit, an investor's first");
        commits(investors[1], 100);
        vm.snapshotGasLastCall("FundingRound", "commit, repeated on the same day");
        itIs(block.timestamp + 1 days);
        commits(investors[1], 100);
        vm.snapshotGasLastCall("FundingRound", "commit, repeated on another day");
        itIs(block.timestamp + 1 days);
        cancels(investors[1]);
        vm.snapshotGasLastCall("FundingRound", "cancel");
    }

    function test_Refunding() public {
        commits(investors[0], 100);
        closes();
        vm.snapshotGasLastCall("FundingRound", "close, failing");
        itIs(block.timestamp + 1 days);
        round.refund(identityOf(investors[0]));
        vm.snapshotGasLastCall("FundingRound", "refund");
    }

    function test_SettlingTwentyAndHandingSharesOn() public {
        for (uint256 i = 0; i < BATCH; ++i) {
            itIs(block.timestamp + 1 hours);
            commits(investors[i], 300);
        }
        closes();
        vm.snapshotGasLastCall("FundingRound", "close");
        itIs(block.timestamp + 1 days);
        round.tally(BATCH);
        vm.snapshotGasLastCall("FundingRound", "tally of 20");
        itIs(block.timestamp + 1 days);
        round.settle(BATCH);
        vm.snapshotGasLastCall("FundingRound", "settle of 20");
        itIs(block.timestamp + 1 days);
        round.payProceeds();
        vm.snapshotGasLastCall("FundingRound", "payProceeds");
        round.payFee();
        vm.snapshotGasLastCall("FundingRound", "payFee");
        _handsOn();
    }

    function _handsOn() private {
        address rich = accredited("rich");
        vm.prank(investors[0]);
        share.transfer(rich, 100);
        vm.snapshotGasLastCall("ShareToken", "transfer, locked to an accredited newcomer");
        itIs(Calendar.day(2018, 8, 1));
        vm.prank(investors[1]);
        share.transfer(investors[2], 100);
        vm.snapshotGasLastCall("ShareToken", "transfer, free");
    }
}
