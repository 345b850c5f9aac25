// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RoundStatus} from "../../../src/round/RoundEvents.sol";
import {Allocation, RoundTerms} from "../../../src/round/RoundTerms.sol";
import {Matrix} from "./Matrix.sol";

/// @notice Who may do what with a round, from its opening to each of its ends.
contract RoundMatrixTest is Matrix {
    bytes32 private constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    function setUp() public override {
        super.setUp();
        round = openRound(filedTerms());
        _caller("round", address(round));
        _caller("directory", address(directory));
        _instance(address(round));
        _means("$round", address(round));
        commits(investor, 6000);
        funds(other, 1_000_000 * DOLLAR);
        _with(abi.encodeCall(round.amend, (uint40(block.timestamp + 90 days), "other documents", true)));
        _with(abi.encodeCall(round.announceEarlyClose, (uint40(block.timestamp + 40 days))));
        _with(abi.encodeCall(round.commit, (10, 1, false)));
        _with(abi.encodeCall(round.cancel, (identityOf(investor), 0)));
        _with(abi.encodeCall(round.refund, (identityOf(other))));
        _with(abi.encodeCall(round.moveCommitment, (identityOf(investor))));
        dollar.mint(investor, 20 * DOLLAR);
        _with(_signedCommitment());
        _takesMoneyByRight(round.commitWithAuthorization.selector);
    }

    function test_OnlyWhoMayDoesAnythingWithARound() public {
        uint256 opened = _mark();
        _calls("Open");
        _amended();
        _back(opened);

        vm.prank(address(recovery));
        registry.succeed(identityOf(investor), makeAddr("another wallet"));
        _calls("Succeeded");
        _back(opened);

        vm.prank(guardian);
        round.pauseCommits(true);
        _calls("Paused");
        _back(opened);

        vm.prank(guardian);
        round.cancelRound("stopped");
        _calls("Cancelled");
        _back(opened);

        cancels(investor);
        commits(investor, 100);
        closes();
        assertStatus(RoundStatus.Failed);
        _calls("Failed");
        _back(opened);

        commits(other, 6000);
        itIs(filedTerms().deadline);
        _calls("Deadline");
        closes();
        _calls("Tallying");
        tallies();
        _calls("Settling");
        round.settle(1);
        _calls("HalfSettled");
        uint256 half = _mark();
        itIs(block.timestamp + 31 days);
        _calls("Overdue");
        _back(half);
        settles();
        _calls("Settled");
        _back(opened);
        _overfilled();
        _requireTable("round");
    }

    /// @dev Another round, of 10,000 shares, for 15,000 that were asked for.
    function _overfilled() private {
        RoundTerms memory terms = filedTerms();
        terms.allocation = Allocation.ProRata;
        (terms.maximumShares, terms.oversubscriptionShares) = (10_000, 20_000);
        round = openRound(terms);
        _instance(address(round));
        commits(investor, 7500);
        commits(other, 7500);
        closes();
        tallies();
        settles();
        _with(abi.encodeCall(round.claimCredit, (identityOf(investor))));
        _calls("Overfilled");
        round.claimCredit(identityOf(investor));
        _calls("CreditPaid");
    }

    function _signedCommitment() private returns (bytes memory) {
        (, uint256 signer) = makeAddrAndKey("investor");
        uint256 until = filedTerms().deadline;
        bytes32 nonce = round.authorizationNonce(investor, 10, 1, false);
        bytes32 hash = keccak256(abi.encode(RECEIVE, investor, address(round), cost(10), 0, until, nonce));
        hash = keccak256(abi.encodePacked(hex"1901", dollar.DOMAIN_SEPARATOR(), hash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(signer, hash);
        bytes memory signature = abi.encodePacked(r, s, v);
        return abi.encodeCall(round.commitWithAuthorization, (investor, 10, 1, false, 0, until, signature));
    }

    function _amended() private {
        vm.prank(issuer);
        round.amend(uint40(block.timestamp + 80 days), "other documents", true);
        _with(abi.encodeCall(round.reconfirm, (2)));
        _with(abi.encodeCall(round.commit, (10, 2, false)));
        _calls("Amended");
    }

    function _calls(string memory state) private {
        _everyoneCalls("FundingRound", address(round), state);
    }
}
