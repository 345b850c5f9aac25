// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {InvestmentLimits} from "../identity/InvestmentLimits.sol";
import {Instance} from "../ledger/Instance.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {Conserved, Position} from "../settlement/Conserved.sol";
import {Commitment, CommitmentState} from "./Commitments.sol";
import {IRoundSteps} from "./IRoundSteps.sol";
import {RoundCommitments} from "./RoundCommitments.sol";
import {RoundStatus} from "./RoundEvents.sol";
import {RoundSettlement} from "./RoundSettlement.sol";
import {RoundState} from "./RoundState.sol";
import {RoundOrigin, RoundTerms, RoundTermsCodec} from "./RoundTerms.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title FundingRound
/// @notice Investors commit money for whole shares at a fixed price. The money leaves this contract in three ways only:
/// back to the wallet that committed it, or the wallet that succeeded it; to the issuer or its trust, in the transaction
/// in which the investor receives the shares; to the platform, as a fee on the latter. No exit is restricted to a role.
/// @dev Open -> close -> tally -> settle, each by anyone. Of the terms only the deadline and the documents ever change, and
/// whoever disagrees gets out. What investors do is in `RoundCommitments`; the steps of `IRoundSteps` are in
/// `RoundSettlement`, which is created with this template and is too large to be part of it.
contract FundingRound is Instance, RoundCommitments, IRoundSteps, Restricted, Conserved {
    using RoundTermsCodec for bytes;

    address private immutable SETTLEMENT;

    constructor(IAccessManager authority_, IInvestorRegistry registry_, InvestmentLimits limits_)
        Restricted(authority_)
        RoundState(registry_, limits_)
    {
        SETTLEMENT = address(new RoundSettlement(registry_, limits_));
    }

    /// @inheritdoc Instance
    function open() external override opening {
        (RoundTerms memory t, RoundOrigin memory origin) = terms();
        _emit(
            RoundOpened.selector,
            bytes32(uint256(origin.companyId)),
            _topic(t.shareClass),
            _topic(t.settlementToken),
            abi.encode(t, origin)
        );
    }

    // ------------------------------------------------------------------------------------------ steps

    /// @inheritdoc IRoundSteps
    function amend(uint40, bytes32, bool) external {
        _step();
    }

    /// @inheritdoc IRoundSteps
    function announceEarlyClose(uint40) external {
        _step();
    }

    /// @inheritdoc IRoundSteps
    function cancelByIssuer(bytes32) external {
        _step();
    }

    /// @inheritdoc IRoundSteps
    function reconfirm(uint16) external {
        _step();
    }

    /// @inheritdoc IRoundSteps
    function moveCommitment(bytes32) external {
        _step();
    }

    /// @inheritdoc IRoundSteps
    function close() external {
        _step();
    }

    /// @inheritdoc IRoundSteps
    function tally(uint256) external {
        _step();
    }

    /// @inheritdoc IRoundSteps
    function settle(uint256) external {
        _step();
    }

    /// @inheritdoc IRoundSteps
    function claimCredit(bytes32) external {
        _step();
    }

    /// @inheritdoc IRoundSteps
    function payProceeds() external {
        _step();
    }

    /// @inheritdoc IRoundSteps
    function payFee() external {
        _step();
    }

    // ------------------------------------------------------------------------------------------ guardian

    /// @notice Stops or resumes new commitments. Exits go on.
    function pauseCommits(bool paused) external restricted {
        Progress memory progress = _readProgress();
        _requireStatus(progress.status, RoundStatus.Open);
        progress.paused = paused;
        _write(progress);
        _emit(CommitsPaused.selector, abi.encode(paused));
    }

    /// @notice Ends the round before its tally ends: everything is refundable.
    function cancelRound(bytes32 reason) external restricted {
        _cancelRound(reason, RoundTermsCodec.load());
    }

    // ------------------------------------------------------------------------------------------ views

    function terms() public view returns (RoundTerms memory, RoundOrigin memory) {
        return RoundTermsCodec.unpack();
    }

    function status() external view returns (RoundStatus) {
        return _readProgress().status;
    }

    function progressOf() external view returns (Progress memory) {
        return _readProgress();
    }

    function countingOf() external view returns (Counting memory) {
        return _readCounting();
    }

    function outcome() external view returns (Outcome memory) {
        return _readOutcome();
    }

    function credits() external view returns (Credits memory) {
        return _readCredits();
    }

    /// @notice What the issuer, or the trust that holds the proceeds, is credited with and was not paid yet.
    function proceedsOwed() external view returns (uint256) {
        return _readCredits().proceeds;
    }

    /// @notice The last amendment; the documents' hash is zero while there is none.
    function amendment() external view returns (Amendment memory) {
        return _readAmendment();
    }

    /// @notice The version of the terms that a commitment names, from 1.
    function termsVersion() external view returns (uint256) {
        return uint256(_readProgress().amendments) + 1;
    }

    /// @notice First second in which one can no longer commit, as things stand.
    function deadline() external view returns (uint256) {
        return _deadline(_readProgress(), RoundTermsCodec.load());
    }

    function commitmentOf(bytes32 identity) external view returns (Commitment memory) {
        return _load(identity, RoundTermsCodec.load());
    }

    /// @notice The person whose commitment has this place in the order, counted from 0.
    function identityAt(uint256 index) external view returns (bytes32) {
        return _order[index];
    }

    /// @notice What a person was allotted, and whether they are neither the issuer nor an affiliate of it.
    function allotmentOf(bytes32 identity) external view returns (address wallet, uint64 shares, bool outside) {
        Commitment memory c = _load(identity, RoundTermsCodec.load());
        return (c.wallet, c.allotted, c.state == CommitmentState.Settled && !c.affiliated);
    }

    /// @notice Shares allotted to all but the issuer and its affiliates.
    function outsideShares() external view returns (uint64) {
        return _readOutcome().outsideShares;
    }

    function soldShares() external view returns (uint64) {
        return _readOutcome().soldShares;
    }

    /// @inheritdoc Conserved
    function conserved() external view returns (Position[] memory positions) {
        bytes memory t = RoundTermsCodec.load();
        uint256 held = IERC20(t.settlementToken()).balanceOf(address(this));
        uint256 owed = _owed(_readProgress(), t);
        positions = new Position[](1);
        positions[0] = Position(t.settlementToken(), held, owed, held > owed ? held - owed : 0);
    }

    // ------------------------------------------------------------------------------------------ inside

    /// @dev Runs the other half of the code in this round's place.
    function _step() private {
        Address.functionDelegateCall(SETTLEMENT, msg.data);
    }
}
