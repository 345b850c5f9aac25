// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Drafts} from "../../src/ledger/Drafts.sol";
import {Platform} from "../../src/ledger/Platform.sol";
import {RoundEvents} from "../../src/round/RoundEvents.sol";
import {RoundTerms} from "../../src/round/RoundTerms.sol";
import {OpenOffering} from "../../src/round/rules/OpenOffering.sol";
import {ClassTermsCodec} from "../../src/share/ClassTerms.sol";
import {Ledger} from "../Ledger.sol";
import {HostileDollar} from "./tokens/HostileDollar.sol";

/// @notice Terms and tokens chosen to break the ledger's own arithmetic, and where money would go in vain.
contract HostileTermsTest is Ledger {
    RoundTerms private terms;

    function setUp() public override {
        super.setUp();
        terms = filedTerms();
    }

    /// @dev Share counts fit a signed 64-bit number wherever they are kept, a database's included.
    function test_AClassOfMoreThan2To63SharesIsRefused() public {
        uint64 most = uint64(type(int64).max);
        openClass(companyId, issuer, most);
        vm.expectRevert(abi.encodeWithSelector(ClassTermsCodec.AuthorisedOutOfRange.selector, uint256(most) + 1, most));
        openClass(companyId, issuer, most + 1);
        vm.expectRevert(abi.encodeWithSelector(ClassTermsCodec.AuthorisedOutOfRange.selector, 0, most));
        openClass(companyId, issuer, 0);
    }

    function test_ATokenOfMoreThan18DecimalsIsNotListed() public {
        HostileDollar precise = new HostileDollar(18);
        HostileDollar absurd = new HostileDollar(19);
        vm.startPrank(operator);
        directory.listSettlementToken(address(precise), USD);
        vm.expectRevert(abi.encodeWithSelector(Platform.TooManyDecimals.selector, 19, 18));
        directory.listSettlementToken(address(absurd), USD);
    }

    /// @dev Credits are kept in 128 bits; a round that could pass them could never be settled.
    function test_ARoundWhoseProceedsPass128BitsIsRefused() public {
        OpenOffering boundless = new Boundless();
        administers(address(directory), abi.encodeCall(Platform.allowRules, (address(boundless), true)));
        terms.opensAt = uint40(block.timestamp);
        terms.rules = address(boundless);
        terms.minimumShares = 1;
        terms.maximumShares = 2;
        terms.minimumTicket = 1;
        terms.price = type(uint128).max;
        vm.expectRevert(
            abi.encodeWithSelector(Drafts.ProceedsTooLarge.selector, 2 * uint256(type(uint128).max), type(uint128).max)
        );
        vm.prank(issuer);
        directory.openRound(terms);
        terms.maximumShares = 3;
        terms.price = type(uint128).max / 3;
        assertEq(terms.maximumShares * terms.price, type(uint128).max);
        openRound(terms);
    }

    function test_ARoundEndsWithinTenYearsAndLetsEveryoneOutMeanwhile() public {
        uint256 latest = block.timestamp + 3650 days;
        terms.deadline = uint40(latest + 1);
        vm.expectRevert(abi.encodeWithSelector(Drafts.DeadlineTooLate.selector, latest + 1, latest));
        vm.prank(issuer);
        directory.openRound(terms);
        terms.deadline = uint40(latest);
        round = openRound(terms);
        address alice = retail("alice", 100_000);
        commits(alice, 5000);
        itIs(latest - 48 hours - 1);
        cancels(alice);
        assertEq(dollar.balanceOf(alice), 10_000 * DOLLAR);
    }

    function test_TheSmallestRoundSettles() public {
        terms.price = 1;
        terms.minimumShares = 1;
        terms.maximumShares = 1;
        terms.minimumTicket = 1;
        round = openRound(terms);
        address alice = retail("alice", 2500);
        commits(alice, 1);
        closes();
        tallies();
        settles();
        round.payProceeds();
        assertEq(dollar.balanceOf(issuer), 1, "the floor of the fee is nothing");
        vm.expectRevert(RoundEvents.NothingToPay.selector);
        round.payFee();
    }
}

/// @notice Rules that ask for nothing at all, not even that a round ends after it opens.
contract Boundless is OpenOffering {
    function requireTerms(bytes3, uint256, uint256, uint256) public pure override returns (Regime memory) {
        return Regime(regime(), type(uint256).max, 0, false);
    }
}
