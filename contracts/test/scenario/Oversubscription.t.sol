// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RoundStatus} from "../../src/round/RoundEvents.sol";
import {Allocation, RoundTerms} from "../../src/round/RoundTerms.sol";
import {Calendar} from "../Calendar.sol";
import {Ledger} from "../Ledger.sol";

/// @notice S05, ChoiceTrade Holdings, Inc. (SEC 020-25846): one third too much demand, allotted pro rata.
contract OversubscriptionTest is Ledger {
    address[4] private wallets;
    uint64[4] private asked = [200_000, 120_000, 70_000, 30_001];
    uint64[4] private allotted = [149_999, 90_000, 52_500, 22_501];
    uint256[4] private refunded = [85_001_700_000, 51_000_000_000, 29_750_000_000, 12_750_000_000];

    function setUp() public override {
        super.setUp();
        itIs(Calendar.day(2019, 11, 14));
        companyId = registerCompany(issuer, 700);
        share = openClass(companyId, issuer, AUTHORISED);
        for (uint256 i = 0; i < 4; ++i) {
            wallets[i] = accredited(string(abi.encodePacked(bytes1(uint8(65 + i)))));
        }
    }

    function test_AllotsPreciselyWhatIsOnSaleInCommitmentOrder() public {
        round = openRound(_terms(Allocation.ProRata, 1_000_000));
        for (uint256 i = 0; i < 4; ++i) {
            itIs(block.timestamp + 1 days);
            commits(wallets[i], asked[i]);
        }
        _settlesIn(4);
        uint256 total = 0;
        for (uint256 i = 0; i < 4; ++i) {
            assertEq(share.balanceOf(wallets[i]), allotted[i], "allotted");
            round.claimCredit(identityOf(wallets[i]));
            assertEq(dollar.balanceOf(wallets[i]), refunded[i], "given back");
            total += refunded[i];
        }
        assertEq(total, 178_501_700_000, "178,501.70 given back");
        assertEq(share.totalSupply(), 315_000);
        _paysOut();
    }

    /// @dev The alternative that the filing did not choose; what no longer fits is refused instead of refunded.
    function test_WouldHaveSoldFirstComeFirstServed() public {
        round = openRound(_terms(Allocation.FirstCome, 0));
        commits(wallets[0], 200_000);
        commits(wallets[1], 115_000);
        _settlesIn(2);
        assertEq(share.balanceOf(wallets[0]), 200_000);
        assertEq(share.balanceOf(wallets[1]), 115_000);
        _paysOut();
    }

    function _terms(Allocation allocation, uint64 oversubscription) private view returns (RoundTerms memory terms) {
        terms = filedTerms();
        terms.allocation = allocation;
        terms.price = 1_700_000;
        terms.minimumShares = 14_706;
        terms.maximumShares = 315_000;
        terms.oversubscriptionShares = oversubscription;
        terms.deadline = uint40(Calendar.day(2020, 2, 15));
        terms.feeBps = 700;
        terms.filing = "SEC 020-25846";
    }

    function _settlesIn(uint256 batches) private {
        closes();
        tallies();
        for (uint256 i = 0; i < batches; ++i) {
            round.settle(1);
        }
        assertStatus(RoundStatus.Settled);
    }

    function _paysOut() private {
        round.payProceeds();
        round.payFee();
        assertEq(dollar.balanceOf(issuer), 498_015_000_000, "498,015.00 to the issuer");
        assertEq(dollar.balanceOf(platform), 37_485_000_000, "37,485.00 fee");
        assertEq(escrowed(), 0);
        requireHistories();
    }
}
