// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Drafts} from "../../src/ledger/Drafts.sol";
import {RoundTerms} from "../../src/round/RoundTerms.sol";
import {RegulationCrowdfunding} from "../../src/round/rules/RegulationCrowdfunding.sol";
import {ClassTermsCodec} from "../../src/share/ClassTerms.sol";
import {Ledger} from "../Ledger.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

contract DirectoryBoundsTest is Ledger {
    function test_AClassIsAuthorisedForWhatASigned64BitNumberHolds() public {
        uint64 most = ClassTermsCodec.MOST_AUTHORISED;
        assertEq(openClass(companyId, issuer, most).terms().authorised, most);

        vm.expectRevert(abi.encodeWithSelector(ClassTermsCodec.AuthorisedOutOfRange.selector, uint256(most) + 1, most));
        openClass(companyId, issuer, most + 1);
        vm.expectRevert(abi.encodeWithSelector(ClassTermsCodec.AuthorisedOutOfRange.selector, 0, most));
        openClass(companyId, issuer, 0);
    }

    function test_ARoundEndsWithinTenYears() public {
        uint40 latest = uint40(block.timestamp + drafts.LONGEST_ROUND());
        RoundTerms memory terms = filedTerms();
        terms.deadline = latest;
        openRound(terms);

        terms.deadline = latest + 1;
        vm.expectRevert(abi.encodeWithSelector(Drafts.DeadlineTooLate.selector, latest + 1, latest));
        openRound(terms);
    }

    function test_NoFractionOfAMillionthPassesTheOfferingLimit() public {
        FineDollar fine = new FineDollar();
        vm.prank(operator);
        directory.listSettlementToken(address(fine), USD);
        RoundTerms memory terms = filedTerms();
        terms.settlementToken = address(fine);
        terms.minimumShares = 1;
        terms.maximumShares = 1;
        terms.minimumTicket = 1;
        terms.price = 5_000_000e18;
        openRound(terms);

        terms.price += 1;
        vm.expectRevert(
            abi.encodeWithSelector(RegulationCrowdfunding.OfferingTooLarge.selector, 5_000_000e6 + 1, 5_000_000e6)
        );
        openRound(terms);
    }
}

/// @dev A dollar of eighteen decimals, as OpenZeppelin's tokens have them.
contract FineDollar is ERC20("Fine Dollar", "FUSD") {}
