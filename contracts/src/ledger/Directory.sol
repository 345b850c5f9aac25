// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DistributionTerms, DistributionTermsCodec} from "../distribution/DistributionTerms.sol";
import {InvestmentLimits} from "../identity/InvestmentLimits.sol";
import {RoundOrigin, RoundTerms, RoundTermsCodec} from "../round/RoundTerms.sol";
import {ClassTerms} from "../share/ClassTerms.sol";
import {ShareToken} from "../share/ShareToken.sol";
import {ICustodyTrust} from "../trust/ICustodyTrust.sol";
import {Deed} from "../trust/TrustDeed.sol";
import {VoteTerms} from "../vote/VoteTerms.sol";
import {Companies} from "./Companies.sol";
import {Drafts} from "./Drafts.sol";
import {Platform} from "./Platform.sol";
import {Restricted} from "./Restricted.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @title Directory
/// @notice Opens and lists every contract of the ledger: companies, their share classes, rounds, trusts, distributions
/// and votes. What it opened is a clone of a template fixed here for life; a new version of a template is a new Directory.
contract Directory is Platform {
    /// @notice The contracts whose clones a Directory opens.
    struct Templates {
        address shareClass;
        address round;
        address trust;
        address distribution;
        address vote;
    }

    address public immutable shareTemplate;
    address public immutable roundTemplate;
    address public immutable trustTemplate;
    address public immutable distributionTemplate;
    address public immutable voteTemplate;
    Drafts public immutable drafts;
    InvestmentLimits public immutable limits;

    mapping(address shareClass => mapping(address token => address distribution)) private _distributions;

    event DirectoryOpened(Templates templates, address limits, address recovery);

    error NotAShareClass(address instance);
    error OpenedInTheSameTransaction(address given);
    error DistributionExists(address distribution);

    /// @param recovery_ the contract that replaces a controller whose key is lost
    /// @param feeRecipient_ receives the fee of rounds and trusts until another is set
    /// @param rules those allowed from the first day on
    constructor(
        IAccessManager authority_,
        Templates memory templates,
        Drafts drafts_,
        InvestmentLimits limits_,
        address recovery_,
        address feeRecipient_,
        address[] memory rules
    ) Restricted(authority_) Companies(recovery_) {
        shareTemplate = templates.shareClass;
        roundTemplate = templates.round;
        trustTemplate = templates.trust;
        distributionTemplate = templates.distribution;
        voteTemplate = templates.vote;
        drafts = drafts_;
        limits = limits_;
        _emit(DirectoryOpened.selector, abi.encode(templates, address(limits_), recovery_));
        _setFeeRecipient(feeRecipient_);
        for (uint256 i = 0; i < rules.length; ++i) {
            _allowRules(rules[i], true);
        }
    }

    // ------------------------------------------------------------------------------------------ companies open

    /// @notice Opens a share class of the caller's company.
    function openShareClass(ClassTerms calldata terms) public returns (address instance) {
        _requireController(terms.companyId);
        return _open(Kind.ShareClass, terms.companyId, shareTemplate, drafts.shareClass(terms));
    }

    /// @notice Opens a trust of the caller's company: one that waits for a round's proceeds, or one with its own
    /// beneficiaries.
    function openTrust(uint64 companyId, Deed calldata deed) public returns (address instance) {
        _requireController(companyId);
        if (deed.terms.settlementToken != address(0)) _requireToken(deed.terms.settlementToken);
        bytes memory args = drafts.trust(deed, companyId, _feeOf(companyId), feeRecipient(), msg.sender);
        return _open(Kind.Trust, companyId, trustTemplate, args);
    }

    /// @notice Opens a round of one of the caller's share classes; a trust named in the terms is to hold its proceeds.
    function openRound(RoundTerms memory terms) public returns (address instance) {
        uint64 companyId = _requireClass(terms.shareClass);
        SettlementToken memory token = _requireToken(terms.settlementToken);
        if (!rulesAllowed(terms.rules)) revert RulesNotAllowed(terms.rules);
        Drafts.RoundDraft memory draft =
            drafts.round(terms, Drafts.Agreed(companyId, _feeOf(companyId), token.currency, token.decimals));
        uint48 number = _nextNumber();
        bytes memory args = RoundTermsCodec.pack(terms, _originOf(companyId, token, draft), number);
        instance = _open(Kind.Round, companyId, roundTemplate, args);
        ShareToken(terms.shareClass).reserve(instance, terms.maximumShares);
        limits.admit(number, issuerKey(companyId), draft.regime, token.currency, draft.maximum, draft.issuerLimit);
        if (terms.trust != address(0)) ICustodyTrust(terms.trust).bindRound(instance);
    }

    /// @notice Opens a share class, a trust for the proceeds and a round of that class, all or none.
    /// @param roundTerms names neither a share class nor a trust
    function openOffering(ClassTerms calldata classTerms, RoundTerms memory roundTerms, Deed calldata deed)
        external
        returns (address shareClass, address trust, address round)
    {
        if (roundTerms.shareClass != address(0)) revert OpenedInTheSameTransaction(roundTerms.shareClass);
        if (roundTerms.trust != address(0)) revert OpenedInTheSameTransaction(roundTerms.trust);
        shareClass = openShareClass(classTerms);
        trust = openTrust(classTerms.companyId, deed);
        roundTerms.shareClass = shareClass;
        roundTerms.trust = trust;
        round = openRound(roundTerms);
    }

    /// @notice Opens what pays the distributions of one of the caller's share classes in one settlement token. There is
    /// one for each, so that what division left over is paid with the next distribution.
    function openDistribution(address shareClass, address token) external returns (address instance) {
        uint64 companyId = _requireClass(shareClass);
        _requireToken(token);
        instance = _distributions[shareClass][token];
        if (instance != address(0)) revert DistributionExists(instance);
        DistributionTerms memory terms = DistributionTerms(address(this), shareClass, token, companyId);
        instance = _open(Kind.Distribution, companyId, distributionTemplate, DistributionTermsCodec.pack(terms));
        _distributions[shareClass][token] = instance;
    }

    /// @notice Opens a vote of the holders of the caller's share classes, or of those to whom one of its rounds allotted
    /// shares.
    function openVote(uint64 companyId, VoteTerms calldata terms) external returns (address instance) {
        _requireController(companyId);
        return _open(Kind.Vote, companyId, voteTemplate, drafts.vote(terms, companyId, msg.sender));
    }

    // ------------------------------------------------------------------------------------------ investors open

    /// @notice Opens a vote of those to whom a trust's round allotted shares on a disbursement within its challenge
    /// period: nothing is paid until it is over, and never when it carries.
    /// @param identity of the caller, who was allotted as many shares as the deed asks for
    /// @param documentHash keccak256 of the document that gives the reasons
    function openMilestoneVote(address trust, uint256 disbursement, bytes32 identity, bytes32 documentHash)
        external
        returns (address vote)
    {
        vote = _openMotion(trust, ICustodyTrust(trust).vetoMotion(disbursement), identity, documentHash);
        ICustodyTrust(trust).suspend(disbursement, vote);
    }

    /// @notice Opens a vote of those to whom a trust's round allotted shares on the removal of a trustee for cause.
    /// @param identity of the caller, who was allotted as many shares as the deed asks for
    /// @param documentHash keccak256 of the document that gives the cause
    function openRemovalVote(address trust, address trustee, bytes32 identity, bytes32 documentHash)
        external
        returns (address vote)
    {
        bytes32 motion = ICustodyTrust(trust).removalMotion(trustee);
        vote = _openMotion(trust, motion, identity, documentHash);
        ICustodyTrust(trust).bindVote(motion, vote);
    }

    /// @notice Opens a vote of those to whom a trust's round allotted shares on who takes a vacant seat.
    /// @param identity of the caller, who was allotted as many shares as the deed asks for
    /// @param documentHash keccak256 of the document that presents the nominee
    function openAppointmentVote(address trust, address nominee, bytes32 identity, bytes32 documentHash)
        external
        returns (address vote)
    {
        bytes32 motion = ICustodyTrust(trust).appointmentMotion(nominee);
        vote = _openMotion(trust, motion, identity, documentHash);
        ICustodyTrust(trust).bindVote(motion, vote);
    }

    // ------------------------------------------------------------------------------------------ views

    /// @notice What pays the distributions of a share class in a settlement token; zero when none was opened here.
    function distributionOf(address shareClass, address token) external view returns (address) {
        return _distributions[shareClass][token];
    }

    // ------------------------------------------------------------------------------------------ inside

    function _openMotion(address trust, bytes32 motion, bytes32 identity, bytes32 documentHash)
        private
        returns (address)
    {
        (uint256 companyId, bytes memory args) = drafts.motion(trust, motion, identity, msg.sender, documentHash);
        return _open(Kind.Vote, companyId, voteTemplate, args);
    }

    function _originOf(uint64 companyId, SettlementToken memory token, Drafts.RoundDraft memory draft)
        private
        view
        returns (RoundOrigin memory)
    {
        return RoundOrigin({
            directory: address(this),
            companyId: companyId,
            feeRecipient: feeRecipient(),
            currency: token.currency,
            currencyDecimals: token.decimals,
            capped: draft.capped,
            countsPersons: draft.countsPersons,
            regime: draft.regime
        });
    }

    /// @dev Requires one of the caller's share classes.
    function _requireClass(address shareClass) private view returns (uint64 companyId) {
        Listing memory found = listing(shareClass);
        if (found.kind != Kind.ShareClass) revert NotAShareClass(shareClass);
        _requireController(found.companyId);
        return found.companyId;
    }
}
