// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IShareRegister} from "../distribution/IShareRegister.sol";
import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {Instance} from "../ledger/Instance.sol";
import {PackedArgs} from "../ledger/PackedArgs.sol";
import {IProceedsRound} from "../trust/IProceedsRound.sol";
import {Deed} from "../trust/TrustDeed.sol";
import {IHolderVote} from "./IHolderVote.sol";
import {ITrustees} from "./ITrustees.sol";
import {Electorate, VoteOrigin, VoteTerms, VoteTermsCodec} from "./VoteTerms.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title HolderVote
/// @notice One question to the holders of up to four share classes, by what they held at a record date and the votes of
/// each share, or to those whom a round allotted shares. Quorum and majority are fixed at the opening; once it is closed
/// the outcome stands without anyone's transaction. Ballots may be changed until then, the last one counts. The shares
/// that the issuer holds do not vote.
/// @dev An elector is a wallet at the record date, left-padded with zeros, or in a round's vote an identity. Whoever
/// acts for it now votes: the wallet itself or, after a recovery, its successor, so that its weight counts once
/// whatever became of the key. A trust that holds shares is an elector like others; it votes as so many of its trustees
/// in office instruct as its deed asks for.
contract HolderVote is Instance, IHolderVote {
    using SafeCast for uint256;

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
    mapping(address trust => mapping(address trustee => Choice)) private _instructions;

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
    event TrustInstructed(address indexed trust, address indexed trustee, Choice choice);
    event ProxyAppointed(bytes32 indexed elector, address indexed proxy);
    event ProxyRevoked(bytes32 indexed elector, address indexed proxy);

    error UnknownRecordDate(uint256 index);
    error RecordDateNotReached(uint256 recordDate, uint256 time);
    error RecordDateTooOld(uint256 recordDate, uint256 time);
    error VoteNotOpen(uint256 opensAt, uint256 closesAt, uint256 time);
    error ChoiceMissing();
    error NoVotes(bytes32 elector);
    error MayNotVoteFor(address caller, bytes32 elector);
    error VotedThemselves(bytes32 elector);
    error NotTheElector(address caller, bytes32 elector);
    error ProxyMissing();
    error NoProxy(bytes32 elector);
    error NotATrust(address holder);
    error NotATrustee(address caller, address trust);
    error RoundNotSettled(address round, IProceedsRound.Status status);

    constructor(IInvestorRegistry registry_) {
        REGISTRY = registry_;
    }

    /// @inheritdoc Instance
    /// @dev The record dates must have come before the first ballot, so that every weight is settled by then, and not long
    /// before, so that those decide who hold the shares.
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
        if (t.round != address(0)) {
            IProceedsRound.Status status = IProceedsRound(t.round).status();
            if (status != IProceedsRound.Status.Settled) revert RoundNotSettled(t.round, status);
        }
        for (uint256 i = 0; i < t.electorates.length; ++i) {
            Electorate memory e = t.electorates[i];
            IShareRegister register = IShareRegister(e.shareClass);
            uint256 date = register.recordDates(e.recordDate);
            if (date == 0) revert UnknownRecordDate(e.recordDate);
            if (date > t.opensAt) revert RecordDateNotReached(date, t.opensAt);
            if (date + VoteTermsCodec.OLDEST_RECORD_DATE < t.opensAt) revert RecordDateTooOld(date, t.opensAt);
            _emit(ElectorateNamed.selector, _topic(e.shareClass), abi.encode(e.recordDate, register.votesPerShare()));
        }
    }

    // ------------------------------------------------------------------------------------------ electors

    /// @notice Casts or changes the caller's own ballot.
    function vote(Choice choice) external {
        _requireVotable(choice);
        _castBy(electorOf(msg.sender), choice);
    }

    /// @notice Casts or changes the ballots of electors for whom the caller acts: as their proxy, or as the successor of
    /// the wallet that they were. A proxy does not change what the elector cast itself.
    function voteFor(bytes32[] calldata electors, Choice choice) external {
        _requireVotable(choice);
        for (uint256 i = 0; i < electors.length; ++i) {
            _castBy(electors[i], choice);
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

    /// @notice A trustee says how a trust that holds shares is to vote; once as many trustees in office say the same as
    /// its deed asks for, that is the trust's ballot. Each may change its mind until the close.
    function instruct(address trust, Choice choice) external {
        _requireVotable(choice);
        address directory = PackedArgs.readAddress(VoteTermsCodec.DIRECTORY);
        if (_byAllotment() || ICompanies(directory).kindOf(trust) != ICompanies.Kind.Trust) revert NotATrust(trust);
        _instructions[trust][msg.sender] = choice;
        address[] memory trustees = ITrustees(trust).trustees();
        (bool inOffice, uint256 agreed) = (false, 0);
        for (uint256 i = 0; i < trustees.length; ++i) {
            if (trustees[i] == msg.sender) inOffice = true;
            if (_instructions[trust][trustees[i]] == choice) ++agreed;
        }
        if (!inOffice) revert NotATrustee(msg.sender, trust);
        _emit(TrustInstructed.selector, _topic(trust), _topic(msg.sender), abi.encode(choice));
        (Deed memory deed,) = ITrustees(trust).deed();
        if (agreed >= deed.terms.threshold) _cast(_wordOf(trust), choice, true);
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
        if (t.round != address(0)) return IProceedsRound(t.round).outsideShares();
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
            (, uint64 allotted, bool outside) = IProceedsRound(t.round).allotmentOf(elector);
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

    function _castBy(bytes32 elector, Choice choice) private {
        bool own = msg.sender == actingFor(elector);
        if (!own) {
            if (msg.sender != _proxies[elector]) revert MayNotVoteFor(msg.sender, elector);
            if (_ballots[elector].own) revert VotedThemselves(elector);
        }
        _cast(elector, choice, own);
    }

    function _cast(bytes32 elector, Choice choice, bool own) private {
        Ballot memory ballot = _ballots[elector];
        Count memory count_ = _count;
        if (ballot.choice == Choice.None) ballot.weight = votesOf(elector).toUint128();
        else _take(count_, ballot);
        if (ballot.weight == 0) revert NoVotes(elector);
        ballot.choice = choice;
        ballot.own = own;
        _give(count_, ballot);
        _count = count_;
        _ballots[elector] = ballot;
        _emit(VoteCast.selector, elector, _topic(msg.sender), abi.encode(choice, ballot.weight));
    }

    function _give(Count memory count_, Ballot memory ballot) private pure {
        if (ballot.choice == Choice.For) count_.inFavour += ballot.weight;
        else if (ballot.choice == Choice.Against) count_.against += ballot.weight;
        else count_.abstained += ballot.weight;
    }

    function _take(Count memory count_, Ballot memory ballot) private pure {
        if (ballot.choice == Choice.For) count_.inFavour -= ballot.weight;
        else if (ballot.choice == Choice.Against) count_.against -= ballot.weight;
        else count_.abstained -= ballot.weight;
    }

    function _requireVotable(Choice choice) private view {
        uint256 opensAt = PackedArgs.readUint(VoteTermsCodec.OPENS_AT, 5);
        if (block.timestamp < opensAt || block.timestamp >= closesAt()) {
            revert VoteNotOpen(opensAt, closesAt(), block.timestamp);
        }
        if (choice == Choice.None) revert ChoiceMissing();
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
