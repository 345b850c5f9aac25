// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../ledger/ICompanies.sol";
import {PackedArgs} from "../ledger/PackedArgs.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {RoundTermsCodec} from "../round/RoundTerms.sol";
import {IHolderVote} from "../vote/IHolderVote.sol";
import {ITrustOffices} from "./ICustodyTrust.sol";
import {TrustAccounts} from "./TrustAccounts.sol";
import {DeedCodec} from "./TrustDeed.sol";

/// @title TrusteeSeats
/// @notice Who the trustees are: how they leave and are succeeded, what they earn, and the accounts that they render.
/// @dev Nobody but beneficiaries, a court's order or the loss of independence removes a trustee; nobody but the deed, the
/// beneficiaries or, where the trust holds no round's proceeds, the settlor appoints one (PRC Trust Law arts 23, 40).
abstract contract TrusteeSeats is TrustAccounts, ITrustOffices, Restricted {
    using DeedCodec for bytes;

    /// @notice From the announcement of a court's order until it may be executed, in seconds.
    uint256 public constant ORDER_DELAY = 7 days;
    /// @notice From then on until it lapses, in seconds.
    uint256 public constant ORDER_PERIOD = 30 days;

    // ------------------------------------------------------------------------------------------ round and votes

    /// @inheritdoc ITrustOffices
    function bindRound(address round_) external {
        bytes memory args = _args();
        _requireDirectory(args);
        _requireGoingOn();
        if (!args.holdsProceeds()) revert HoldsNoProceeds();
        if (_round != address(0)) revert AlreadyBound(_round);
        address money = RoundTermsCodec.settlementToken(PackedArgs.rangeOf(round_, 0, 20));
        if (money != args.settlementToken()) revert RoundInAnotherToken(money, args.settlementToken());
        _round = round_;
        _emit(RoundBound.selector, _topic(round_), "");
    }

    /// @inheritdoc ITrustOffices
    function bindVote(bytes32 motion, address vote) external {
        bytes memory args = _args();
        _requireDirectory(args);
        _requireGoingOn();
        if (_round == address(0)) revert HoldsNoProceeds();
        address earlier = _votes[motion];
        if (earlier != address(0) && IHolderVote(earlier).outcome() != IHolderVote.Outcome.Failed) {
            revert AlreadyVoted(earlier);
        }
        _votes[motion] = vote;
        _emit(VoteBound.selector, motion, _topic(vote), "");
    }

    /// @notice Supports a motion, or no longer; by the settlor or by a beneficiary listed in the deed, whose units count
    /// as they are when the motion is carried out.
    function support(bytes32 motion, bool supported) external {
        if (msg.sender != _args().settlor() && _interests[_key(msg.sender)].units == 0) {
            revert NotABeneficiary(msg.sender);
        }
        if (_supports[motion][msg.sender] == supported) revert NothingChanged();
        _supports[motion][msg.sender] = supported;
        _emit(MotionSupported.selector, motion, _topic(msg.sender), abi.encode(supported));
    }

    // ------------------------------------------------------------------------------------------ leaving office

    /// @notice A trustee asks to be replaced; duties go on until a successor takes office (PRC Trust Law art. 38).
    function resign() external {
        bytes memory args = _args();
        _requireGoingOn();
        uint256 seat = _requireTrustee(args, _fund.inOffice(), msg.sender);
        uint40 resigning = _tenure.resigning;
        if (resigning >> seat & 1 != 0) revert AlreadyResigning(msg.sender);
        _tenure.resigning = resigning | uint40(1 << seat);
        _emit(TrusteeResigned.selector, bytes32(seat), _topic(msg.sender), "");
        _watchVacancy(args);
    }

    /// @notice Removes a trustee whom the beneficiaries want removed; the accrued fee is withheld (PRC Trust Law arts
    /// 23, 36, 49).
    /// @param supporters beneficiaries listed in the deed who support it, in ascending order of address; none where a
    /// vote decides
    function removeTrustee(address trustee, address[] calldata supporters) external {
        bytes memory args = _args();
        _requireGoingOn();
        uint256 seat = _requireTrustee(args, _fund.inOffice(), trustee);
        _carryOut(args, _removalMotion(trustee), supporters, args.voteMajorityBps());
        _leave(args, seat, trustee, Departure.RemovedByBeneficiaries);
    }

    /// @notice Announces that a court ordered the removal of a trustee.
    /// @param documentHash keccak256 of the order
    function announceRemoval(address trustee, bytes32 documentHash) external restricted {
        _requireGoingOn();
        _requireTrustee(_args(), _fund.inOffice(), trustee);
        uint256 executableFrom = block.timestamp + ORDER_DELAY;
        _removalOrders[trustee] = executableFrom;
        _emit(RemovalOrdered.selector, _topic(trustee), abi.encode(executableFrom, documentHash));
    }

    /// @notice Confirms and executes an announced order, by a second party; the accrued fee is withheld.
    function executeRemoval(address trustee) external restricted {
        bytes memory args = _args();
        _requireGoingOn();
        uint256 seat = _requireTrustee(args, _fund.inOffice(), trustee);
        uint256 from = _removalOrders[trustee];
        if (from == 0 || block.timestamp < from || block.timestamp >= from + ORDER_PERIOD) {
            revert RemovalNotExecutable(from, from + ORDER_PERIOD, block.timestamp);
        }
        delete _removalOrders[trustee];
        _leave(args, seat, trustee, Departure.RemovedByOrder);
    }

    /// @notice Of a trust that holds a round's proceeds, removes, by anyone, a trustee who has become the issuer, or whose
    /// wallet acts for nobody any more; or an affiliate, `ORDER_DELAY` after that was attested, so that the registrar alone
    /// empties no office at once.
    function unseat(address trustee) external {
        bytes memory args = _args();
        _requireGoingOn();
        if (!args.holdsProceeds()) revert HoldsNoProceeds();
        uint256 seat = _requireTrustee(args, _fund.inOffice(), trustee);
        _requireUnseatable(args, trustee);
        _leave(args, seat, trustee, Departure.NotIndependent);
    }

    // ------------------------------------------------------------------------------------------ taking office

    /// @notice The caller becomes a trustee: in a vacant seat's stead, or in that of one who is resigning. The deed names
    /// the caller, or the beneficiaries want it, or the settlor does (not where the trust holds a round's proceeds).
    /// @param outgoing the resigning trustee who leaves with this; zero when a seat is vacant
    /// @param supporters as in `removeTrustee`
    function takeOffice(address outgoing, address[] calldata supporters) external {
        bytes memory args = _args();
        _requireGoingOn();
        _requireMayServe(args, msg.sender);
        _requireAppointed(args, supporters);
        if (outgoing != address(0)) {
            uint256 leaving = _requireTrustee(args, _fund.inOffice(), outgoing);
            if (_tenure.resigning >> leaving & 1 == 0) revert NoVacancy();
            _leave(args, leaving, outgoing, Departure.Replaced);
        }
        if (_count(_fund.inOffice()) == args.trusteeCount()) revert NoVacancy();
        uint256 seat = _tenure.seats;
        if (seat == MOST_SEATS) revert OfficeClosedTo(msg.sender);
        _tenure.seats = uint8(seat + 1);
        _seats[seat] = Seat(msg.sender, uint40(block.timestamp));
        _laterSeats[msg.sender] = seat + 1;
        _fund = _fund.withOffice(seat);
        _emit(TrusteeSeated.selector, bytes32(seat), _topic(msg.sender), "");
        _watchVacancy(args);
    }

    // ------------------------------------------------------------------------------------------ accounts

    /// @notice A trustee renders the accounts of the time since the last statement (PRC Trust Law arts 33, 58). Another
    /// is due within a year of the end of that time, the last one once the trust has ended; no fee is paid while one is
    /// overdue.
    /// @param periodEnd first second, UTC, that the statement leaves out; not in the future
    /// @param documentHash keccak256 of the statement
    function attestStatement(uint40 periodEnd, bytes32 documentHash) external {
        _requireTrustee(_args(), _fund.inOffice(), msg.sender);
        uint256 periodStart = _tenure.accountsUntil;
        if (periodEnd <= periodStart || periodEnd > block.timestamp) {
            revert PeriodOutOfOrder(periodStart, periodEnd, block.timestamp);
        }
        _tenure.accountsUntil = periodEnd;
        _emit(StatementAttested.selector, _topic(msg.sender), abi.encode(periodStart, periodEnd, documentHash));
    }

    // ------------------------------------------------------------------------------------------ inside

    /// @dev Reverts unless those who must want a motion do; a motion that is carried out must be moved anew.
    /// @param majorityBps of all units, that the supporters' must reach, and exceed half of
    function _carryOut(bytes memory args, bytes32 motion, address[] calldata supporters, uint256 majorityBps) internal {
        if (args.holdsProceeds()) {
            address vote = _votes[motion];
            if (vote == address(0) || IHolderVote(vote).outcome() != IHolderVote.Outcome.Passed) {
                revert MotionNotCarried(motion, 0, 0);
            }
            delete _votes[motion];
            return;
        }
        uint256 units = 0;
        for (uint256 i = 0; i < supporters.length; ++i) {
            if (i > 0 && supporters[i] <= supporters[i - 1]) {
                revert SupportersOutOfOrder(supporters[i - 1], supporters[i]);
            }
            if (!_supports[motion][supporters[i]]) continue;
            units += _interests[_key(supporters[i])].units;
            delete _supports[motion][supporters[i]];
        }
        uint256 all = _totalUnits(args);
        if (units * 2 <= all || units * BPS < all * majorityBps) revert MotionNotCarried(motion, units, all);
    }

    /// @dev Credits the accrued fee to a trustee who leaves in good standing; whoever is removed for cause loses it.
    function _leave(bytes memory args, uint256 seat, address trustee, Departure departure) internal {
        if (departure == Departure.Replaced || departure == Departure.NotIndependent) _accrue(args, seat, trustee);
        else _disappoint(args, trustee);
        _fund = _fund.withOffice(seat);
        _emit(TrusteeLeft.selector, bytes32(seat), _topic(trustee), abi.encode(departure));
        _watchVacancy(args);
    }

    /// @dev No appointment from before a removal for cause undoes it.
    function _disappoint(bytes memory args, address trustee) private {
        bytes32 motion = _appointmentMotion(trustee);
        _removed[trustee] = true;
        delete _votes[motion];
        delete _supports[motion][args.settlor()];
    }

    /// @dev Starts the time of vacancy when fewer than the threshold serve, and ends it when enough do.
    function _watchVacancy(bytes memory args) internal {
        bool vacant = _count(_fund.inOffice() & ~_tenure.resigning) < args.threshold();
        if (vacant != (_tenure.vacantSince != 0)) _tenure.vacantSince = vacant ? uint40(block.timestamp) : 0;
    }

    /// @dev A trustee protects nobody, receives nothing by the plan, and is not the only beneficiary (PRC Trust Law art.
    /// 43).
    function _requireMayServe(bytes memory args, address person) private view {
        bool closed = _seatOf(args, _fund.inOffice(), person) != MOST_SEATS || person == args.protector()
            || _interests[_key(person)].units == _totalUnits(args) && !args.holdsProceeds();
        uint256 tranches = args.trancheCount();
        for (uint256 number = 1; number <= tranches && !closed; ++number) {
            address recipient = args.trancheAt(number).recipient;
            closed = recipient != address(0) && _current(recipient) == person;
        }
        if (closed) revert OfficeClosedTo(person);
        if (args.holdsProceeds()) _requireIndependent(args, person);
    }

    function _requireAppointed(bytes memory args, address[] calldata supporters) private {
        uint256 named = args.successorCount();
        for (uint256 i = 0; i < named; ++i) {
            if (args.successorAt(i) == msg.sender && !_removed[msg.sender]) return;
        }
        bytes32 motion = _appointmentMotion(msg.sender);
        address settlor = args.settlor();
        if (!args.holdsProceeds() && _supports[motion][settlor]) {
            delete _supports[motion][settlor];
            return;
        }
        _carryOut(args, motion, supporters, args.voteMajorityBps());
    }

    function _requireIndependent(bytes memory args, address person) internal view {
        if (!_isIndependent(args, person)) revert NotIndependent(person);
    }

    function _requireUnseatable(bytes memory args, address trustee) private view {
        if (_isIndependent(args, trustee)) revert IsIndependent(trustee);
        bytes32 issuer = ICompanies(args.directory()).issuerKey(args.companyId());
        uint256 since = REGISTRY.affiliateSince(REGISTRY.identityOf(trustee), issuer);
        if (since == 0 || trustee == args.settlor() || trustee == _controller(args)) return;
        uint256 from = since + ORDER_DELAY;
        if (block.timestamp < from) revert AffiliatedTooRecently(from, block.timestamp);
    }

    /// @dev A person known to the registry who is neither the settlor, nor the issuer, nor an affiliate of it.
    function _isIndependent(bytes memory args, address person) private view returns (bool) {
        if (person == args.settlor() || person == _controller(args)) return false;
        bytes32 identity = REGISTRY.identityOf(person);
        bytes32 issuer = ICompanies(args.directory()).issuerKey(args.companyId());
        return identity != 0 && !REGISTRY.isAffiliate(identity, issuer);
    }
}
