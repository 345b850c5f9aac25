// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../src/identity/Category.sol";
import {InvestmentLimits} from "../../src/identity/InvestmentLimits.sol";
import {InvestorRegistry} from "../../src/identity/InvestorRegistry.sol";
import {Directory} from "../../src/ledger/Directory.sol";
import {ICompanies} from "../../src/ledger/ICompanies.sol";
import {PackedArgs} from "../../src/ledger/PackedArgs.sol";
import {CommitmentState} from "../../src/round/Commitments.sol";
import {FundingRound} from "../../src/round/FundingRound.sol";
import {RoundCommitments} from "../../src/round/RoundCommitments.sol";
import {RoundStatus} from "../../src/round/RoundEvents.sol";
import {RoundSettlement} from "../../src/round/RoundSettlement.sol";
import {RoundOrigin, RoundTerms, RoundTermsCodec} from "../../src/round/RoundTerms.sol";
import {ClassTermsCodec} from "../../src/share/ClassTerms.sol";
import {ShareToken} from "../../src/share/ShareToken.sol";
import {Ledger} from "../Ledger.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

/// @notice Calls that nobody asked for: on templates, from forged clones, with little gas, by roles in collusion.
contract StrangersTest is Ledger {
    address private alice;
    address private bob;

    function setUp() public override {
        super.setUp();
        round = openRound(filedTerms());
        alice = retail("alice", 100_000);
        bob = retail("bob", 100_000);
    }

    // ------------------------------------------------------------------------------------------ templates

    function test_ATemplateTakesNoMoneyAndDoesNothing() public {
        bytes[8] memory calls = [
            abi.encodeCall(RoundCommitments.commit, (10, 1, false)),
            abi.encodeCall(RoundCommitments.cancel, (identityOf(alice), 0)),
            abi.encodeCall(RoundCommitments.refund, (identityOf(alice))),
            abi.encodeCall(RoundSettlement.close, ()),
            abi.encodeCall(RoundSettlement.tally, (1)),
            abi.encodeCall(RoundSettlement.settle, (1)),
            abi.encodeCall(RoundSettlement.payProceeds, ()),
            abi.encodeCall(RoundSettlement.payFee, ())
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            _fails(alice, address(roundTemplate), calls[i]);
        }
        _fails(alice, address(shareTemplate), abi.encodeCall(ShareToken.issue, (identityOf(alice), 1, 0)));
        _fails(address(directory), address(shareTemplate), abi.encodeCall(ShareToken.reserve, (alice, 1)));
        assertEq(roundTemplate.historyHead(), 0);
        assertEq(shareTemplate.historyHead(), 0);
    }

    // ------------------------------------------------------------------------------------------ forged clones

    /// @dev With the very arguments of a round that is one, its number among them.
    function test_AForgedRoundIsNoRound() public {
        (RoundTerms memory terms, RoundOrigin memory origin) = round.terms();
        bytes memory args = RoundTermsCodec.pack(terms, origin, directory.listing(address(round)).number);
        FundingRound forged = FundingRound(Clones.cloneWithImmutableArgs(address(roundTemplate), args));
        assertEq(forged.historyHead(), 0);
        assertEq(keccak256(_argsOf(address(forged))), keccak256(_argsOf(address(round))));
        vm.prank(outsider);
        forged.open();
        assertEq(uint256(directory.listing(address(forged)).kind), uint256(ICompanies.Kind.None));
        assertEq(share.reservedFor(address(forged)), 0);
        funds(alice, cost(10));
        vm.prank(alice);
        dollar.approve(address(forged), cost(10));
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.NotAnAdmittedRound.selector, address(forged)));
        vm.prank(alice);
        forged.commit(10, 1, false);
        assertEq(dollar.balanceOf(alice), cost(10));
    }

    function test_AForgedClassIsNoClass() public {
        bytes memory args = ClassTermsCodec.pack(share.terms(), address(directory));
        ShareToken forged = ShareToken(Clones.cloneWithImmutableArgs(address(shareTemplate), args));
        forged.open();
        RoundTerms memory asked = filedTerms();
        asked.shareClass = address(forged);
        vm.expectRevert(abi.encodeWithSelector(Directory.NotAShareClass.selector, address(forged)));
        vm.prank(issuer);
        directory.openRound(asked);
    }

    // ------------------------------------------------------------------------------------------ little gas

    /// @dev Whoever calls with too little gas calls in vain: it decides over nobody's eligibility.
    function test_LittleGasExcludesNobody() public {
        commits(alice, 5000);
        commits(bob, 100);
        closes();
        _isWholeOrNothing(abi.encodeCall(RoundSettlement.tally, (2)));
        tallies();
        _isWholeOrNothing(abi.encodeCall(RoundSettlement.settle, (2)));
        settles();
        assertEq(share.totalSupply(), 5100);
    }

    // ------------------------------------------------------------------------------------------ collusion

    function test_ARegistrarWhoDisownsEveryoneGivesEveryoneTheirMoneyBack() public {
        commits(alice, 5000);
        commits(bob, 100);
        revoke(alice);
        revoke(bob);
        closes();
        tallies();
        assertStatus(RoundStatus.Failed);
        assertEq(refunds(alice), 10_000 * DOLLAR);
        assertEq(refunds(bob), 200 * DOLLAR);
    }

    function test_ARegistrarRedirectsNoRefundToAnotherWallet() public {
        commits(alice, 100);
        InvestorRegistry.Attestation memory stolen = attestation(alice, Category.Retail, block.timestamp + 1 days);
        stolen.wallet = outsider;
        vm.expectRevert(
            abi.encodeWithSelector(
                InvestorRegistry.IdentityHasAnotherWallet.selector, identityOf(alice), alice, outsider
            )
        );
        vm.prank(registrar);
        registry.attest(stolen, new InvestorRegistry.YearlyLimit[](0));
        closes();
        assertEq(refunds(alice), 200 * DOLLAR);
    }

    function test_AClosedTargetAndADisownedDirectoryStopNoExit() public {
        commits(alice, 100);
        commits(bob, 100);
        administers(address(authority), abi.encodeWithSignature("setTargetClosed(address,bool)", address(round), true));
        administers(address(limits), abi.encodeCall(InvestmentLimits.allowDirectory, (address(directory), false)));
        cancels(alice);
        assertEq(dollar.balanceOf(alice), 200 * DOLLAR);
        closes();
        assertEq(refunds(bob), 200 * DOLLAR);
    }

    // ------------------------------------------------------------------------------------------ inside

    function _isWholeOrNothing(bytes memory call) private {
        requireHistories();
        uint256 refused = 0;
        uint256 state = vm.snapshotState();
        for (uint256 gas_ = 25_000; gas_ < 500_000; gas_ += 1000) {
            // Less gas than it takes is what this is about.
            // solhint-disable-next-line avoid-low-level-calls
            (bool done,) = address(round).call{gas: gas_}(call);
            if (!done) ++refused;
            assertNotEq(uint256(stateOf(alice)), uint256(CommitmentState.Excluded));
            assertNotEq(uint256(stateOf(bob)), uint256(CommitmentState.Excluded));
            vm.revertToState(state);
            recorder.forget();
        }
        assertGt(refused, 10, "some had too little");
        assertLt(refused, 475, "some had enough");
    }

    function _fails(address by, address target, bytes memory call) private {
        vm.prank(by);
        // Whatever the reason.
        // solhint-disable-next-line avoid-low-level-calls
        (bool done,) = target.call(call);
        assertFalse(done);
    }

    function _argsOf(address clone) private view returns (bytes memory) {
        return PackedArgs.rangeOf(clone, 0, PackedArgs.sizeOf(clone));
    }
}
