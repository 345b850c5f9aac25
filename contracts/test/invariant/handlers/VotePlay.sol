// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Directory} from "../../../src/ledger/Directory.sol";
import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {IHolderVote} from "../../../src/vote/IHolderVote.sol";
import {Electorate, VoteTerms} from "../../../src/vote/VoteTerms.sol";
import {VoteWorld} from "./VoteWorld.sol";

/// @title VotePlay
/// @notice Everyone who can touch a vote, set free: the company asks its holders, they and their proxies, heirs and
/// trustees answer, others try to. Each ballot that was let in is judged and counted by a record of its own.
contract VotePlay is VoteWorld {
    uint256 private constant MOST_VOTES = 6;
    uint256 private constant THRESHOLD = 2;

    /// @dev What the record kept here says of an elector's ballot.
    struct Said {
        HolderVote.Choice choice;
        bool own;
        address proxy;
        mapping(address trustee => HolderVote.Choice) instructions;
    }

    mapping(HolderVote vote => mapping(bytes32 elector => Said)) private _said;
    mapping(HolderVote vote => bytes32) public sealedAs;
    mapping(HolderVote vote => bytes32) public codeOf;
    uint256 public byProxy;
    uint256 public bySuccessor;
    uint256 public byTrustees;
    uint256 public changed;

    error Wrongful(address by, bytes32 elector);
    error Succeeded(address by, bytes call);
    error OutOfTime(uint256 time);

    constructor() {
        setUp();
    }

    // ------------------------------------------------------------------------------------------ asking

    function askClasses(uint256 first, uint256 which, uint256 bps, uint256 opensIn, uint256 length) external {
        if (votes.length == MOST_VOTES) return;
        VoteTerms memory terms = _terms(3334 + bps % 3000, 5000 + (bps / 3000) % 2500, opensIn % 4 days);
        terms.closesAt = uint40(block.timestamp + 9 days + length % 50 days);
        terms.electorates = new Electorate[](1 + which % 2);
        for (uint256 i = 0; i < terms.electorates.length; ++i) {
            address class = address(classes[(first % 2 + i) % 2]);
            terms.electorates[i] = Electorate(class, uint16(1 + (which / 2) % (dates[class] + 1)));
        }
        _opens(terms);
    }

    function askAllotted(uint256 which, uint256 bps, uint256 length) external {
        if (votes.length == MOST_VOTES) return;
        VoteTerms memory terms = _terms(bps % 8000, 5000 + (bps / 8000) % 2500, 0);
        terms.closesAt = uint40(block.timestamp + 1 + length % 50 days);
        terms.round = which % 4 == 0 ? openedRound : address(round);
        _opens(terms);
    }

    function _terms(uint256 quorum, uint256 majority, uint256 opensIn) private view returns (VoteTerms memory terms) {
        terms.subject = "may the company move to Ohio";
        terms.quorumBps = uint16(quorum);
        terms.majorityBps = uint16(majority);
        terms.opensAt = uint40(block.timestamp + opensIn);
    }

    function _opens(VoteTerms memory terms) private {
        bytes memory call = abi.encodeCall(Directory.openVote, (uint64(companyId), terms));
        (bool done, bytes memory answer) = ask(issuer, address(directory), call);
        if (!done) return;
        votes.push(HolderVote(abi.decode(answer, (address))));
        codeOf[votes[votes.length - 1]] = keccak256(abi.decode(answer, (address)).code);
    }

    // ------------------------------------------------------------------------------------------ answering

    function voteOneself(uint256 which, uint256 who, uint8 choice) external {
        HolderVote ballot = _vote(which);
        if (address(ballot) == address(0)) return;
        address by = _anyone(who);
        if (!does(by, address(ballot), abi.encodeCall(HolderVote.vote, (_choice(choice))))) return;
        _casts(ballot, _isByAllotment(ballot) ? personOf(by) : _word(by), by, _choice(choice));
    }

    function voteForMany(uint256 which, uint256 who, uint256 whom, uint8 choice) external {
        HolderVote ballot = _vote(which);
        if (address(ballot) == address(0)) return;
        bytes32[] memory electors = new bytes32[](1 + whom % 3);
        for (uint256 i = 0; i < electors.length; ++i) {
            electors[i] = _elector(ballot, whom / 3 + i);
        }
        address by = who % 2 == 0 ? _anyone(who / 2) : _proxyOrHeir(ballot, electors[0]);
        if (!does(by, address(ballot), abi.encodeCall(HolderVote.voteFor, (electors, _choice(choice))))) return;
        for (uint256 i = 0; i < electors.length; ++i) {
            _casts(ballot, electors[i], by, _choice(choice));
        }
    }

    function appoint(uint256 which, uint256 who, uint256 whom, uint256 proxy) external {
        HolderVote ballot = _vote(which);
        if (address(ballot) == address(0)) return;
        bytes32 elector = _elector(ballot, whom);
        address by = who % 4 == 0 ? _anyone(who) : _speaker(ballot, elector);
        address named = proxy % 8 == 0 ? address(0) : _anyone(proxy / 8);
        if (!does(by, address(ballot), abi.encodeCall(HolderVote.appointProxy, (elector, named)))) return;
        if (by != _acting(ballot, elector)) revert Wrongful(by, elector);
        (_said[ballot][elector].proxy, _said[ballot][elector].own) = (named, false);
    }

    function revokeProxy(uint256 which, uint256 who, uint256 whom) external {
        HolderVote ballot = _vote(which);
        if (address(ballot) == address(0)) return;
        bytes32 elector = _elector(ballot, whom);
        address by = who % 4 == 0 ? _anyone(who) : _speaker(ballot, elector);
        if (!does(by, address(ballot), abi.encodeCall(HolderVote.revokeProxy, (elector)))) return;
        if (by != _acting(ballot, elector)) revert Wrongful(by, elector);
        delete _said[ballot][elector].proxy;
    }

    function instruct(uint256 which, uint256 who, uint8 choice) external {
        HolderVote ballot = _vote(which);
        if (address(ballot) == address(0)) return;
        address by = who % 8 == 0 ? _anyone(who / 8) : _trustee(who);
        address asked = who % 16 == 1 ? address(share) : address(trust);
        HolderVote.Choice said = _choice(choice);
        if (!does(by, address(ballot), abi.encodeCall(HolderVote.instruct, (asked, said)))) return;
        bytes32 elector = _word(address(trust));
        Said storage s = _said[ballot][elector];
        bool isTrustee = by == trusteeOne || by == trusteeTwo || by == trusteeThree;
        if (asked != address(trust) || !isTrustee || _isByAllotment(ballot)) revert Wrongful(by, elector);
        s.instructions[by] = said;
        uint256 agreed = 0;
        for (uint256 i = 0; i < 3; ++i) {
            if (s.instructions[_trustee(i)] == said) ++agreed;
        }
        if (agreed < THRESHOLD) return;
        _notes(ballot, elector, said, true);
        ++byTrustees;
    }

    // ------------------------------------------------------------------------------------------ reaching

    /// @dev Nobody votes for the company, for an elector that is no wallet, for the trust, or opens a vote again.
    function trespass(uint256 which, uint256 who, uint256 kind) external {
        HolderVote ballot = _vote(which);
        if (address(ballot) == address(0)) return;
        address by = kind % 2 == 0 ? outsider : _anyone(who);
        bytes32[] memory electors = new bytes32[](1);
        electors[0] = [_word(issuer), _word(by) | bytes32(uint256(1) << 160), _word(address(trust))][kind % 3];
        bytes memory voting = abi.encodeCall(HolderVote.voteFor, (electors, HolderVote.Choice.For));
        if (does(by, address(ballot), voting)) revert Succeeded(by, voting);
        bytes memory opening = abi.encodeCall(HolderVote.open, ());
        if (does(by, address(ballot), opening)) revert Succeeded(by, opening);
    }

    // ------------------------------------------------------------------------------------------ the record

    function _casts(HolderVote ballot, bytes32 elector, address by, HolderVote.Choice choice) private {
        Said storage s = _said[ballot][elector];
        bool own = by == _acting(ballot, elector);
        if (!own && (by != s.proxy || s.own)) revert Wrongful(by, elector);
        if (!own) ++byProxy;
        else if (!_isByAllotment(ballot) && _word(by) != elector) ++bySuccessor;
        _notes(ballot, elector, choice, own);
    }

    /// @dev Keeps how a vote stands when it closes: so it stands for ever.
    function timePassed() internal override {
        for (uint256 i = 0; i < votes.length; ++i) {
            bool closed = block.timestamp >= votes[i].closesAt();
            if (closed && sealedAs[votes[i]] == 0) sealedAs[votes[i]] = result(votes[i]);
        }
    }

    function _notes(HolderVote ballot, bytes32 elector, HolderVote.Choice choice, bool own) private {
        (VoteTerms memory terms,) = ballot.terms();
        if (block.timestamp < terms.opensAt || block.timestamp >= terms.closesAt) revert OutOfTime(block.timestamp);
        Said storage s = _said[ballot][elector];
        if (s.choice != HolderVote.Choice.None && s.choice != choice) ++changed;
        (s.choice, s.own) = (choice, own);
    }

    // ------------------------------------------------------------------------------------------ facts

    function voteCount() external view returns (uint256) {
        return votes.length;
    }

    function voteAt(uint256 place) external view returns (HolderVote) {
        return votes[place];
    }

    function result(HolderVote ballot) public view returns (bytes32) {
        return keccak256(abi.encode(ballot.outcome(), ballot.tally(), ballot.totalVotes()));
    }

    /// @notice All who may be electors of a vote.
    function electorsOf(HolderVote ballot) public view returns (bytes32[] memory electors) {
        bool allotments = _isByAllotment(ballot);
        electors = new bytes32[](allotments ? PERSONS : wallets.length);
        for (uint256 i = 0; i < electors.length; ++i) {
            electors[i] = allotments ? _person(i) : _word(wallets[i]);
        }
    }

    function choiceOf(HolderVote ballot, bytes32 elector) external view returns (HolderVote.Choice) {
        return _said[ballot][elector].choice;
    }

    /// @notice The votes of an elector by the record kept here; only when the vote has opened.
    function weightOf(HolderVote ballot, bytes32 elector) public view returns (uint256 weight) {
        (VoteTerms memory terms,) = ballot.terms();
        if (terms.round != address(0)) return allotted[elector];
        address wallet = address(uint160(uint256(elector)));
        if (wallet == issuer) return 0;
        for (uint256 i = 0; i < terms.electorates.length; ++i) {
            Electorate memory e = terms.electorates[i];
            weight += heldAt[e.shareClass][e.recordDate][wallet] * (e.shareClass == address(share) ? 1 : 10);
        }
    }

    /// @notice All votes that there are, by the record kept here.
    function votesInAll(HolderVote ballot) external view returns (uint256 all) {
        (VoteTerms memory terms,) = ballot.terms();
        for (uint256 i = 0; i < terms.electorates.length; ++i) {
            Electorate memory e = terms.electorates[i];
            uint256 outside = supplyAt[e.shareClass][e.recordDate] - heldAt[e.shareClass][e.recordDate][issuer];
            all += outside * (e.shareClass == address(share) ? 1 : 10);
        }
        for (uint256 i = 0; i < PERSONS && terms.round != address(0); ++i) {
            all += allotted[_person(i)];
        }
    }

    /// @notice What the terms say of these ballots, worked out apart.
    function outcomeBy(HolderVote ballot, HolderVote.Count memory count, uint256 all)
        external
        view
        returns (IHolderVote.Outcome)
    {
        (VoteTerms memory terms,) = ballot.terms();
        if (block.timestamp < terms.closesAt) return IHolderVote.Outcome.Pending;
        uint256 decided = uint256(count.inFavour) + count.against;
        if (count.inFavour <= count.against) return IHolderVote.Outcome.Failed;
        if (uint256(count.inFavour) * 10_000 < decided * terms.majorityBps) return IHolderVote.Outcome.Failed;
        bool quorate = (decided + count.abstained) * 10_000 >= all * terms.quorumBps;
        return quorate ? IHolderVote.Outcome.Passed : IHolderVote.Outcome.Failed;
    }

    // ------------------------------------------------------------------------------------------ inside

    /// @notice One of the last three votes; none when there is none yet.
    function _vote(uint256 which) private view returns (HolderVote) {
        uint256 count = votes.length;
        return count == 0 ? HolderVote(address(0)) : votes[count - 1 - which % (count < 3 ? count : 3)];
    }

    function _choice(uint8 choice) private pure returns (HolderVote.Choice) {
        return choice % 16 == 0 ? HolderVote.Choice.None : HolderVote.Choice(1 + choice % 3);
    }

    function _elector(HolderVote ballot, uint256 whom) private view returns (bytes32) {
        return _isByAllotment(ballot) ? _person(whom) : _word(_wallet(whom));
    }

    function _acting(HolderVote ballot, bytes32 elector) private view returns (address) {
        return _isByAllotment(ballot) ? actingForPerson(elector) : actingForWallet(address(uint160(uint256(elector))));
    }

    /// @dev Who acts for an elector, and calls: the trust has no voice but its trustees'.
    function _speaker(HolderVote ballot, bytes32 elector) private view returns (address) {
        address acting = _acting(ballot, elector);
        return acting == address(trust) ? outsider : acting;
    }

    function _proxyOrHeir(HolderVote ballot, bytes32 elector) private view returns (address) {
        address proxy = _said[ballot][elector].proxy;
        return proxy == address(0) ? _speaker(ballot, elector) : proxy;
    }

    function _isByAllotment(HolderVote ballot) private view returns (bool) {
        (VoteTerms memory terms,) = ballot.terms();
        return terms.round != address(0);
    }

    /// @dev Contracts act for nobody by themselves: the trust is an elector, and never a caller.
    function _anyone(uint256 who) private view returns (address) {
        if (who % 4 == 0) return [outsider, issuer, registrar, trusteeOne][who / 4 % 4];
        address wallet = _wallet(who / 4);
        return wallet == address(trust) ? outsider : wallet;
    }

    function _trustee(uint256 who) private view returns (address) {
        return [trusteeOne, trusteeTwo, trusteeThree][who % 3];
    }

    function _word(address wallet) private pure returns (bytes32) {
        return bytes32(uint256(uint160(wallet)));
    }
}
