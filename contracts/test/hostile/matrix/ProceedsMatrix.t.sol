// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Directory} from "../../../src/ledger/Directory.sol";
import {RoundTerms} from "../../../src/round/RoundTerms.sol";
import {CustodyTrust} from "../../../src/trust/CustodyTrust.sol";
import {TrustOffices} from "../../../src/trust/TrustOffices.sol";
import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {Ledger} from "../../Ledger.sol";
import {Offerings} from "../../Offerings.sol";
import {Matrix} from "./Matrix.sol";

/// @notice Who may do what with a trust that holds a round's proceeds, and with the votes that its investors have opened:
/// two of three trustees, the investor with 6,000 shares and the other with 4,000.
contract ProceedsMatrixTest is Offerings, Matrix {
    TrustOffices private _offices;
    address private _nominee;

    function setUp() public override(Ledger, Matrix) {
        super.setUp();
        attestTrustees();
        _nominee = accredited("nominee");
        _caller("directory", address(directory));
        _caller("trustee", trusteeOne);
        _caller("second trustee", trusteeTwo);
        _caller("nominee", _nominee);
        trust = openTrust(proceedsDeed());
        _offices = TrustOffices(address(trust));
        _instance(address(trust));
        _means("$trust", address(trust));
        _means("$trustee", trusteeOne);
        _means("$vote", makeAddr("a vote"));
        _means("$subject", keccak256("a motion"));
        for (uint256 i = 0; i < 2; ++i) {
            bytes32 identity = identityOf(i == 0 ? investor : other);
            _with(abi.encodeCall(Directory.openRemovalVote, (address(trust), trusteeOne, identity, "cause")));
            _with(abi.encodeCall(Directory.openAppointmentVote, (address(trust), _nominee, identity, "reasons")));
            _with(abi.encodeCall(Directory.openMilestoneVote, (address(trust), 257, identity, "reasons")));
            _with(abi.encodeCall(trust.claim, (identity, address(dollar))));
        }
        _with(abi.encodeCall(CustodyTrust.approve, (257)));
        _with(abi.encodeCall(CustodyTrust.reject, (257)));
        _with(abi.encodeCall(CustodyTrust.execute, (257)));
        _with(abi.encodeCall(TrustOffices.concludeVote, (257)));
        _with(abi.encodeCall(TrustOffices.suspend, (257, makeAddr("a vote"))));
        _with(abi.encodeCall(_offices.removeTrustee, (trusteeOne, new address[](0))));
    }

    function test_OnlyWhoMayDoesAnythingWithARoundsTrust() public {
        round = openRound(filedTerms());
        _means("$round", address(round));
        _calls("Unbound");
        _sells();
        _calls("Settled");
        _votes("Settled");
        uint256 settled = _mark();
        _end();
        _calls("EndedUnpaid");
        _back(settled);

        round.payProceeds();
        uint256 paid = _mark();
        _motions();
        _back(paid);
        _affiliated();
        _back(paid);
        _milestone();
        _back(paid);
        _end();
        _calls("Ended");
        _requireTable("proceeds");
    }

    // ------------------------------------------------------------------------------------------ states

    function _sells() private {
        RoundTerms memory terms = filedTerms();
        terms.trust = address(trust);
        round = openRound(terms);
        _instance(address(round));
        _caller("round", address(round));
        commits(investor, 6000);
        commits(other, 4000);
        closes();
        tallies();
        settles();
    }

    function _milestone() private {
        vm.prank(trusteeOne);
        trust.propose(1, "report");
        vm.prank(trusteeTwo);
        trust.approve(257);
        _calls("Approved");
        _votes("Approved");
        vm.prank(investor);
        vote = HolderVote(directory.openMilestoneVote(address(trust), 257, identityOf(investor), "reasons"));
        _calls("Suspended");
        _everyoneCalls("HolderVote", address(vote), "OfARound");
        vm.prank(investor);
        vote.vote(HolderVote.Choice.For);
        itIs(vote.closesAt());
        _calls("VoteOver");
    }

    /// @dev The investor carries the removal of a trustee and the appointment of another.
    function _motions() private {
        vm.startPrank(investor);
        HolderVote removal =
            HolderVote(directory.openRemovalVote(address(trust), trusteeOne, identityOf(investor), "cause"));
        HolderVote appointment =
            HolderVote(directory.openAppointmentVote(address(trust), _nominee, identityOf(investor), "reasons"));
        removal.vote(HolderVote.Choice.For);
        appointment.vote(HolderVote.Choice.For);
        vm.stopPrank();
        itIs(removal.closesAt());
        _calls("MotionsCarried");
        _offices.removeTrustee(trusteeOne, new address[](0));
        _calls("Removed");
    }

    function _affiliated() private {
        bytes32 key = directory.issuerKey(companyId);
        vm.prank(registrar);
        registry.attestAffiliate(identityOf(trusteeOne), key, true, "relation");
        itIs(block.timestamp + 7 days);
        _calls("Affiliated");
    }

    function _end() private {
        vm.prank(trusteeOne);
        _offices.terminate(true);
        vm.prank(trusteeTwo);
        _offices.terminate(true);
    }

    // ------------------------------------------------------------------------------------------ inside

    /// @dev More calls than a test has gas for.
    function _calls(string memory state) private {
        vm.pauseGasMetering();
        _everyoneCalls("CustodyTrust", address(trust), state);
        _everyoneCalls("TrustOffices", address(trust), state);
        vm.resumeGasMetering();
    }

    function _votes(string memory state) private {
        vm.pauseGasMetering();
        _everyoneCalls("Directory", address(directory), state);
        vm.resumeGasMetering();
    }
}
