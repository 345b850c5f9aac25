// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RoundTerms, RoundTermsCodec} from "../round/RoundTerms.sol";
import {IRoundRules} from "../round/rules/IRoundRules.sol";
import {ClassTerms, ClassTermsCodec} from "../share/ClassTerms.sol";
import {ICustodyTrust} from "../trust/ICustodyTrust.sol";
import {IProceedsRound} from "../trust/IProceedsRound.sol";
import {Deed, DeedCodec, TrustOrigin} from "../trust/TrustDeed.sol";
import {VoteOrigin, VoteTerms, VoteTermsCodec} from "../vote/VoteTerms.sol";
import {ICompanies} from "./ICompanies.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Drafts
/// @notice Refuses terms on which nothing may be opened, and turns the others into what a clone is made of. The caller is
/// the Directory that opens it and whose lists are asked. Nothing is kept here, so anyone may ask beforehand whether terms
/// would be refused; an answer binds nobody but the Directory that asked for it.
contract Drafts {
    /// @notice What a round's terms are held against.
    /// @param feeBps what the platform and the company agreed on
    /// @param currency the settlement token's
    /// @param decimals the settlement token's
    struct Agreed {
        uint64 companyId;
        uint16 feeBps;
        bytes3 currency;
        uint8 decimals;
    }

    /// @param maximum that the round raises, in millionths of the currency, rounded up
    /// @param issuerLimit most that the issuer may sell in twelve months under this regime
    /// @param capped whether the share class has a holder cap
    /// @param countsPersons whether what a person commits counts against a yearly limit
    struct RoundDraft {
        bytes32 regime;
        uint256 maximum;
        uint256 issuerLimit;
        bool capped;
        bool countsPersons;
    }

    /// @notice The latest deadline of a round, in seconds from its opening transaction.
    uint256 public constant LONGEST_ROUND = 3650 days;
    uint256 private constant BPS = 10_000;

    error WrongKind(address instance, ICompanies.Kind kind, ICompanies.Kind required);
    error NotOfTheCompany(address instance, uint256 companyId);
    error FeeNotAgreed(uint256 given, uint256 agreed);
    error OpensInThePast(uint256 opensAt, uint256 time);
    error DeadlineTooLate(uint256 deadline, uint256 latest);
    error PriceMissing();
    error ProceedsTooLarge(uint256 maximumProceeds, uint256 most);
    error SharesOutOfOrder(uint256 minimumTicket, uint256 minimumShares, uint256 maximumShares);
    error HolderCapTooHigh(uint256 cap, uint256 most);
    error SettlorIsNotTheController(address settlor, address controller);
    error TrustWithoutRound(address trust);
    error NotTheInvestor(address caller, address wallet);
    error TooFewUnits(uint256 units, uint256 required);

    // ------------------------------------------------------------------------------------------ share class

    function shareClass(ClassTerms calldata terms) external view returns (bytes memory args) {
        ClassTermsCodec.requireTerms(terms);
        if (terms.convertsInto != address(0)) {
            _requireKind(terms.convertsInto, ICompanies.Kind.ShareClass, terms.companyId);
        }
        return ClassTermsCodec.pack(terms, msg.sender);
    }

    // ------------------------------------------------------------------------------------------ trust

    /// @dev What the deed alone shows to be wrong, the trust refuses itself when it is opened.
    /// @param controller of the company, which settles a trust that waits for a round's proceeds
    function trust(Deed calldata deed, uint64 companyId, uint16 feeBps, address feeRecipient, address controller)
        external
        view
        returns (bytes memory args)
    {
        if (deed.terms.shareClass != address(0)) {
            _requireKind(deed.terms.shareClass, ICompanies.Kind.ShareClass, companyId);
        }
        if (deed.beneficiaries.length == 0) {
            if (deed.terms.platformFeeBps != feeBps) revert FeeNotAgreed(deed.terms.platformFeeBps, feeBps);
            if (deed.terms.settlor != controller) revert SettlorIsNotTheController(deed.terms.settlor, controller);
        }
        return DeedCodec.pack(deed, TrustOrigin(msg.sender, companyId, feeRecipient));
    }

    // ------------------------------------------------------------------------------------------ round

    /// @dev The Directory makes the arguments of the terms itself: it has them in memory already.
    function round(RoundTerms calldata terms, Agreed calldata agreed) external view returns (RoundDraft memory draft) {
        if (terms.trust != address(0)) _requireKind(terms.trust, ICompanies.Kind.Trust, agreed.companyId);
        if (terms.feeBps != agreed.feeBps) revert FeeNotAgreed(terms.feeBps, agreed.feeBps);
        _requireTimes(terms);
        _requireShares(terms);
        IRoundRules rules = IRoundRules(terms.rules);
        draft.maximum = Math.ceilDiv(_proceeds(terms) * 1e6, 10 ** agreed.decimals);
        IRoundRules.Regime memory regime =
            rules.requireTerms(agreed.currency, terms.opensAt, terms.deadline, draft.maximum);
        draft.regime = regime.name;
        draft.issuerLimit = regime.issuerLimit;
        draft.capped = _requireHolderCap(terms.shareClass, regime.holderCap);
        draft.countsPersons = regime.countsPersons;
    }

    function _requireTimes(RoundTerms calldata terms) private view {
        if (terms.opensAt < block.timestamp) revert OpensInThePast(terms.opensAt, block.timestamp);
        uint256 latest = block.timestamp + LONGEST_ROUND;
        if (terms.deadline > latest) revert DeadlineTooLate(terms.deadline, latest);
    }

    function _requireShares(RoundTerms calldata terms) private pure {
        if (terms.price == 0) revert PriceMissing();
        if (
            terms.minimumTicket == 0 || terms.minimumTicket > terms.maximumShares || terms.minimumShares == 0
                || terms.minimumShares > terms.maximumShares
        ) revert SharesOutOfOrder(terms.minimumTicket, terms.minimumShares, terms.maximumShares);
        RoundTermsCodec.requireAllocation(terms);
    }

    function _proceeds(RoundTerms calldata terms) private pure returns (uint256 proceeds) {
        proceeds = uint256(terms.maximumShares) * terms.price;
        if (proceeds > type(uint128).max) revert ProceedsTooLarge(proceeds, type(uint128).max);
    }

    /// @return capped whether the class has a cap, so that the round reserves places
    function _requireHolderCap(address class, uint256 most) private view returns (bool capped) {
        uint256 cap = ClassTermsCodec.holderCapOf(class);
        capped = cap != 0;
        if (most != 0 && (!capped || cap > most)) revert HolderCapTooHigh(cap, most);
    }

    // ------------------------------------------------------------------------------------------ votes

    /// @param controller of the company, which opens the vote and does not vote
    function vote(VoteTerms calldata terms, uint64 companyId, address controller)
        external
        view
        returns (bytes memory args)
    {
        for (uint256 i = 0; i < terms.electorates.length; ++i) {
            _requireKind(terms.electorates[i].shareClass, ICompanies.Kind.ShareClass, companyId);
        }
        if (terms.round != address(0)) _requireKind(terms.round, ICompanies.Kind.Round, companyId);
        return _vote(terms, VoteOrigin(msg.sender, companyId, controller, controller));
    }

    /// @notice A vote of those to whom a trust's round allotted shares, on the terms of the trust's deed.
    /// @param caller whom the round knows as the wallet of `identity`, and to whom it allotted as many shares as the deed
    /// asks for
    function motion(address trust_, bytes32 subject, bytes32 identity, address caller, bytes32 documentHash)
        external
        view
        returns (uint256 companyId, bytes memory args)
    {
        companyId = ICompanies(msg.sender).companyOf(trust_);
        _requireKind(trust_, ICompanies.Kind.Trust, companyId);
        VoteTerms memory terms;
        terms.round = ICustodyTrust(trust_).round();
        if (terms.round == address(0)) revert TrustWithoutRound(trust_);
        terms.target = trust_;
        terms.subject = subject;
        terms.documentHash = documentHash;
        uint16 openingBps;
        uint40 duration;
        (openingBps, terms.quorumBps, terms.majorityBps, duration) = ICustodyTrust(trust_).voteTerms();
        _requireUnits(IProceedsRound(terms.round), identity, caller, openingBps);
        terms.opensAt = uint40(block.timestamp);
        terms.closesAt = terms.opensAt + duration;
        address controller = ICompanies(msg.sender).controllerOf(companyId);
        args = _vote(terms, VoteOrigin(msg.sender, uint64(companyId), caller, controller));
    }

    function _requireUnits(IProceedsRound round_, bytes32 identity, address caller, uint256 openingBps) private view {
        (address wallet, uint64 shares, bool outside) = round_.allotmentOf(identity);
        if (caller != wallet) revert NotTheInvestor(caller, wallet);
        uint256 required = Math.ceilDiv(uint256(round_.outsideShares()) * openingBps, BPS);
        uint256 units = outside ? shares : 0;
        if (units == 0 || units < required) revert TooFewUnits(units, required);
    }

    function _vote(VoteTerms memory terms, VoteOrigin memory origin) private view returns (bytes memory) {
        VoteTermsCodec.requireTerms(terms, block.timestamp);
        return VoteTermsCodec.pack(terms, origin);
    }

    // ------------------------------------------------------------------------------------------ all

    function _requireKind(address instance, ICompanies.Kind kind, uint256 companyId) private view {
        ICompanies.Kind found = ICompanies(msg.sender).kindOf(instance);
        if (found != kind) revert WrongKind(instance, found, kind);
        if (ICompanies(msg.sender).companyOf(instance) != companyId) revert NotOfTheCompany(instance, companyId);
    }
}
