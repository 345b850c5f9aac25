// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IShareRegister} from "../distribution/IShareRegister.sol";
import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {Instance} from "../ledger/Instance.sol";
import {PackedArgs} from "../ledger/PackedArgs.sol";
import {IAllotments} from "./IAllotments.sol";
import {IHolderVote} from "./IHolderVote.sol";
import {Electorate, VoteOrigin, VoteTerms, VoteTermsCodec} from "./VoteTerms.sol";

/// @title HolderVote
/// @notice One question to the holders of up to four share classes, by what they held at a record date and the votes of
/// each share, or to those whom a round allotted shares. Quorum and majority are fixed at the opening; once it is closed
/// the outcome stands without anyone's transaction. Ballots may be changed until then, the last one counts. The shares
/// that the issuer holds do not vote.
/// @dev An elector is a wallet at the record date, left-padded with zeros, or in a round's vote an identity. Whoever
/// acts for it now votes: the wallet itself or, after a recovery, its successor, so that its weight counts once
/// whatever became of the key. A trust that holds shares is an elector like others and votes by its own call, as its
/// trustees decide.
contract HolderVote is Instance, IHolderVote {
    enum Choice {
        None,
        For,
        Against,
        Abstain
    }

    /// @param own whether it was cast by the elector and not by its proxy
    struct Ballot {
        uint128 weight;
        Choice choice;
        bool own;
    }

    struct Count {
        uint128 inFavour;
        uint128 against;
        uint128 abstained;
    }

    IInvestorRegistry private immutable REGISTRY;

    Count private _count;
    mapping(bytes32 elector => Ballot) private _ballots;
    mapping(bytes32 elector => address) private _proxies;

    event VoteOpened(
        uint256 indexed companyId,
        address indexed openedBy,
        bytes32 indexed subject,
        address directory,
        address round,
        address target,
        address treasury,
        bytes32 documentHash,
        uint256 quorumBps,
        uint256 majorityBps,
        uint256 opensAt,
        uint256 closesAt
    );
    event ElectorateNamed(address indexed shareClass, uint256 recordDate, uint256 votesPerShare);
    event VoteCast(bytes32 indexed elector, address indexed by, Choice choice, uint256 weight);
    event ProxyAppointed(bytes32 indexed elector, address indexed proxy);
    event ProxyRevoked(bytes32 indexed elector, address indexed proxy);

    error UnknownRecordDate(uint256 index);
    error RecordDateNotReached(uint256 recordDate, uint256 time);
    error VoteNotOpen(uint256 opensAt, uint256 closesAt, uint256 time);
    error ChoiceMissing();
    error NoVotes(bytes32 elector);
    error MayNotVoteFor(address caller, bytes32 elector);
    error VotedThemselves(bytes32 elector);
    error NotTheElector(address caller, bytes32 elector);
    error ProxyMissing();
    error NoProxy(bytes32 elector);

    constructor(IInvestorRegistry registry_) {
        REGISTRY = registry_;
    }

    /// @inheritdoc Instance
    /// @dev The record dates must have come before the first ballot, so that every weight is settled by then.
    function open() external override opening {
        (VoteTerms memory t, VoteOrigin memory origin) = terms();
        _emit(
            VoteOpened.selector,
            bytes32(uint256(origin.companyId)),
            _topic(origin.openedBy),
            t.subject,
            bytes.concat(
                abi.encode(origin.directory, t.round, t.target, origin.treasury, t.documentHash),
                abi.encode(t.quorumBps, t.majorityBps, t.opensAt, t.closesAt)
            )
        );
        for (uint256 i = 0; i < t.electorates.length; ++i) {
            Electorate memory e = t.electorates[i];
            IShareRegister register = IShareRegister(e.shareClass);
            uint256 date = register.recordDateAt(e.recordDate);
            if (date == 0) revert UnknownRecordDate(e.recordDate);
            if (date > t.opensAt) revert RecordDateNotReached(date, t.opensAt);
            _emit(ElectorateNamed.selector, _topic(e.shareClass), abi.encode(e.recordDate, register.votesPerShare()));
        }
    }

    // ------------------------------------------------------------------------------------------ electors

    /// @notice Casts or changes the caller's own ballot.
    function vote(Choice choice) external {
        _cast(electorOf(msg.sender), choice);
    }

    /// @notice Casts or changes the ballots of electors for whom the caller acts: as their proxy, or as the successor of
    /// the wallet that they were. A proxy does not change what the elector cast itself.
    function voteFor(bytes32[] calldata electors, Choice choice) external {
        for (uint256 i = 0; i < electors.length; ++i) {
            _cast(electors[i], choice);
        }
    }

    /// @notice Appoints the one proxy that may vote for an elector until revoked, also instead of what the elector cast
    /// so far; by whoever acts for the elector.
    function appointProxy(bytes32 elector, address proxy) external {
        _requireElector(elector);
        if (proxy == address(0)) revert ProxyMissing();
        _proxies[elector] = proxy;
        _ballots[elector].own = false;
        _emit(ProxyAppointed.selector, elector, _topic(proxy), "");
    }

    /// @notice Revokes an elector's proxy; a ballot that the proxy cast stands until the elector casts its own.
    function revokeProxy(bytes32 elector) external {
        _requireElector(elector);
        address proxy = _proxies[elector];
        if (proxy == address(0)) revert NoProxy(elector);
        delete _proxies[elector];
        _emit(ProxyRevoked.selector, elector, _topic(proxy), "");
    }

    // ------------------------------------------------------------------------------------------ views

    function terms() public view returns (VoteTerms memory, VoteOrigin memory) {
        return VoteTermsCodec.unpack(PackedArgs.all());
    }

    /// @inheritdoc IHolderVote
    function outcome() public view returns (Outcome) {
        if (block.timestamp < closesAt()) return Outcome.Pending;
        Count memory count_ = _count;
        uint256 cast = uint256(count_.inFavour) + count_.against;
        uint256 quorum = PackedArgs.readUint(VoteTermsCodec.QUORUM, 2);
        uint256 majority = PackedArgs.readUint(VoteTermsCodec.MAJORITY, 2);
        bool passed = count_.inFavour > count_.against && count_.inFavour * VoteTermsCodec.BPS >= cast * majority
            && (cast + count_.abstained) * VoteTermsCodec.BPS >= totalVotes() * quorum;
        return passed ? Outcome.Passed : Outcome.Failed;
    }

    /// @inheritdoc IHolderVote
    function subject() public view returns (bytes32) {
        return PackedArgs.readWord(VoteTermsCodec.SUBJECT);
    }

    /// @inheritdoc IHolderVote
    function closesAt() public view returns (uint256) {
        return PackedArgs.readUint(VoteTermsCodec.CLOSES_AT, 5);
    }

    /// @inheritdoc IHolderVote
    function passedBy(address electorate, bytes32 subject_) external view returns (bool) {
        (VoteTerms memory t,) = terms();
        address alone = t.electorates.length == 1 ? t.electorates[0].shareClass : t.round;
        return electorate != address(0) && electorate == alone && subject_ == t.subject && outcome() == Outcome.Passed;
    }

    function tally() external view returns (Count memory) {
        return _count;
    }

    /// @notice All votes that could be cast: those of the shares in issue at the record dates without the issuer's, or
    /// the round's outside allotments.
    function totalVotes() public view returns (uint256 votes) {
        (VoteTerms memory t, VoteOrigin memory origin) = terms();
        if (t.round != address(0)) return IAllotments(t.round).outsideShares();
        for (uint256 i = 0; i < t.electorates.length; ++i) {
            IShareRegister register = IShareRegister(t.electorates[i].shareClass);
            uint16 recordDate = t.electorates[i].recordDate;
            uint256 shares = register.supplyAt(recordDate) - register.balanceAt(origin.treasury, recordDate);
            votes += shares * register.votesPerShare();
        }
    }

    /// @notice The votes of an elector.
    function votesOf(bytes32 elector) public view returns (uint256 votes) {
        (VoteTerms memory t, VoteOrigin memory origin) = terms();
        if (t.round != address(0)) {
            (, uint64 allotted, bool outside) = IAllotments(t.round).allotmentOf(elector);
            return outside ? allotted : 0;
        }
        address wallet = address(uint160(uint256(elector)));
        if (wallet == origin.treasury || _wordOf(wallet) != elector) return 0;
        for (uint256 i = 0; i < t.electorates.length; ++i) {
            IShareRegister register = IShareRegister(t.electorates[i].shareClass);
            votes += register.balanceAt(wallet, t.electorates[i].recordDate) * register.votesPerShare();
        }
    }

    /// @notice The elector that a wallet is: itself or, in a round's vote, the person whose wallet it is.
    function electorOf(address wallet) public view returns (bytes32) {
        return _byAllotment() ? REGISTRY.identityOf(wallet) : _wordOf(wallet);
    }

    /// @notice The wallet that acts for an elector now.
    function actingFor(bytes32 elector) public view returns (address) {
        if (_byAllotment()) return REGISTRY.currentWalletOf(elector);
        address wallet = address(uint160(uint256(elector)));
        address successor = REGISTRY.successorOf(wallet);
        return successor == address(0) ? wallet : successor;
    }

    function ballotOf(bytes32 elector) external view returns (Ballot memory) {
        return _ballots[elector];
    }

    function proxyOf(bytes32 elector) external view returns (address) {
        return _proxies[elector];
    }

    // ------------------------------------------------------------------------------------------ inside

    function _cast(bytes32 elector, Choice choice) private {
        uint256 opensAt = PackedArgs.readUint(VoteTermsCodec.OPENS_AT, 5);
        if (block.timestamp < opensAt || block.timestamp >= closesAt()) {
            revert VoteNotOpen(opensAt, closesAt(), block.timestamp);
        }
        if (choice == Choice.None) revert ChoiceMissing();
        Ballot memory ballot = _ballots[elector];
        bool own = msg.sender == actingFor(elector);
        if (!own) {
            if (msg.sender != _proxies[elector]) revert MayNotVoteFor(msg.sender, elector);
            if (ballot.own) revert VotedThemselves(elector);
        }
        Count memory count_ = _count;
        if (ballot.choice == Choice.None) ballot.weight = uint128(votesOf(elector));
        else _add(count_, ballot.choice, -int256(uint256(ballot.weight)));
        if (ballot.weight == 0) revert NoVotes(elector);
        ballot.choice = choice;
        ballot.own = own;
        _add(count_, choice, int256(uint256(ballot.weight)));
        _count = count_;
        _ballots[elector] = ballot;
        _emit(VoteCast.selector, elector, _topic(msg.sender), abi.encode(choice, ballot.weight));
    }

    function _add(Count memory count_, Choice choice, int256 weight) private pure {
        if (choice == Choice.For) count_.inFavour = uint128(uint256(int256(uint256(count_.inFavour)) + weight));
        else if (choice == Choice.Against) count_.against = uint128(uint256(int256(uint256(count_.against)) + weight));
        else count_.abstained = uint128(uint256(int256(uint256(count_.abstained)) + weight));
    }

    function _requireElector(bytes32 elector) private view {
        if (block.timestamp >= closesAt()) {
            revert VoteNotOpen(PackedArgs.readUint(VoteTermsCodec.OPENS_AT, 5), closesAt(), block.timestamp);
        }
        if (msg.sender != actingFor(elector)) revert NotTheElector(msg.sender, elector);
    }

    function _byAllotment() private view returns (bool) {
        return PackedArgs.readAddress(VoteTermsCodec.ROUND) != address(0);
    }

    function _wordOf(address wallet) private pure returns (bytes32) {
        return bytes32(uint256(uint160(wallet)));
    }
}
