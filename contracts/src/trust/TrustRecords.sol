// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {HistoryChain} from "../ledger/HistoryChain.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {PackedArgs} from "../ledger/PackedArgs.sol";
import {IProceedsRound} from "./IProceedsRound.sol";
import {DeedCodec, DeedTerms, Tranche} from "./TrustDeed.sol";
import {DisbursementStatus, DisbursementWord, EndReason, FundWord} from "./TrustWords.sol";

/// @title TrustRecords
/// @notice What a trust remembers, and who is who in it.
/// @dev Trustees sit in numbered seats; a seat is never given twice, so that what a trustee approved never counts for
/// whoever comes after. Money is in the settlement token's smallest unit.
abstract contract TrustRecords is HistoryChain {
    using DeedCodec for bytes;

    /// @notice How a trustee left office; only the first and the last keep the accrued fee.
    enum Departure {
        Replaced,
        RemovedByBeneficiaries,
        RemovedByOrder,
        NotIndependent
    }

    /// @notice Money, as `FundWord` keeps it.
    /// @param received all money that came in as part of the fund
    /// @param released of it, what disbursements took, the platform's fee included
    /// @param inOffice one bit for each seat
    struct Fund {
        uint104 received;
        uint104 released;
        uint40 inOffice;
        EndReason ended;
    }

    /// @notice The last attempt at a tranche, as `DisbursementWord` keeps it.
    /// @param amount what leaves the fund, the platform's fee included
    /// @param approvals one bit for each seat
    /// @param rejections one bit for each seat
    /// @param approvedAt when the last approval needed was given; zero while approvals are missing
    /// @param attempt how often the tranche has been proposed
    struct Disbursement {
        uint104 amount;
        uint40 approvals;
        uint40 rejections;
        uint40 approvedAt;
        uint16 attempt;
        DisbursementStatus status;
    }

    /// @param toPlatform of its fee on what was released
    /// @param toOthers to trustees as their fee, and to those entitled after the end
    struct Paid {
        uint104 toPlatform;
        uint104 toOthers;
    }

    /// @param credited to trustees and not yet paid
    /// @param total after the end, all that trustees were paid or credited with
    struct TrusteeFees {
        uint104 credited;
        uint104 total;
    }

    /// @param received all shares that came in as part of the fund
    /// @param released of them, what disbursements took
    /// @param unitsLeft after the end, the units that have not taken their shares yet
    struct Shares {
        uint64 received;
        uint64 released;
        uint64 unitsLeft;
    }

    /// @param fundedAt when money first came in; the trustees' fee accrues from then on
    /// @param vacantSince since when fewer trustees than the threshold serve; zero while enough do
    /// @param accountsUntil the end of the last statement's period
    /// @param resigning one bit for each seat whose trustee leaves as soon as another takes office
    /// @param terminating one bit for each seat whose trustee wants the trust to end
    /// @param seats given so far
    struct Tenure {
        uint40 fundedAt;
        uint40 vacantSince;
        uint40 accountsUntil;
        uint40 endedAt;
        uint40 resigning;
        uint40 terminating;
        uint8 seats;
    }

    /// @param feeFrom the trustee's fee accrues from here on; zero means from the first money
    struct Seat {
        address trustee;
        uint40 feeFrom;
    }

    /// @notice What a beneficiary has.
    /// @param units of those listed in the deed; zero for a person with an allotment
    /// @param unitsForShares units that have not taken their shares yet
    /// @param moneyClaimed after the end
    struct Interest {
        uint64 units;
        uint64 unitsForShares;
        uint104 moneyClaimed;
    }

    /// @notice Seats that a trust may give in its life.
    uint256 public constant MOST_SEATS = 40;
    uint256 internal constant BPS = DeedCodec.BPS;

    IInvestorRegistry internal immutable REGISTRY;

    FundWord internal _fund;
    Tenure internal _tenure;
    Paid internal _paid;
    TrusteeFees internal _trusteeFees;
    Shares internal _shares;
    address internal _round;
    mapping(uint256 tranche => DisbursementWord) internal _disbursements;
    mapping(uint256 seat => Seat) internal _seats;
    mapping(address trustee => uint256 seatAndOne) internal _laterSeats;
    mapping(address trustee => uint256 amount) internal _feeCredits;
    mapping(address trustee => uint256 executableFrom) internal _removalOrders;
    mapping(bytes32 beneficiary => Interest) internal _interests;
    mapping(address recipient => address wallet) internal _movedRecipients;
    mapping(bytes32 motion => address vote) internal _votes;
    mapping(bytes32 motion => mapping(address supporter => bool)) internal _supports;
    mapping(address trustee => bool) internal _removed;

    event TrustOpened(uint256 indexed companyId, address indexed settlor, address indexed directory, DeedTerms terms);
    event SuccessorNamed(address indexed successor);
    event TranchePlanned(uint256 indexed tranche, Tranche terms);
    event BeneficiaryNamed(address indexed wallet, uint256 units);
    event RoundBound(address indexed round);
    event VoteBound(bytes32 indexed motion, address indexed vote);
    event MotionSupported(bytes32 indexed motion, address indexed supporter, bool support);
    event TrusteeSeated(uint256 indexed seat, address indexed trustee);
    event TrusteeResigned(uint256 indexed seat, address indexed trustee);
    event TrusteeLeft(uint256 indexed seat, address indexed trustee, Departure departure);
    event TrusteeFeeAccrued(address indexed trustee, uint256 amount);
    event RemovalOrdered(address indexed trustee, uint256 executableFrom, bytes32 documentHash);
    event StatementAttested(address indexed trustee, uint256 periodStart, uint256 periodEnd, bytes32 documentHash);
    event TerminationSupported(address indexed trustee, bool support, uint256 supporters);
    event TrustEnded(EndReason reason, uint256 money, uint256 shares);
    event FundReceived(address indexed asset, address indexed from, uint256 amount, uint256 received);
    event DisbursementProposed(
        uint256 indexed disbursement,
        uint256 indexed tranche,
        address indexed proposer,
        uint256 amount,
        bytes32 evidence
    );
    event DisbursementApproved(
        uint256 indexed disbursement, address indexed trustee, uint256 approvals, uint256 executableFrom
    );
    event DisbursementObjected(uint256 indexed disbursement, address indexed trustee, uint256 rejections);
    event DisbursementRejected(uint256 indexed disbursement);
    event DisbursementVetoed(uint256 indexed disbursement, address indexed by);
    event DisbursementSuspended(uint256 indexed disbursement, address indexed vote);
    event DisbursementResumed(uint256 indexed disbursement, address indexed vote);
    event DisbursementExecuted(
        uint256 indexed disbursement, address indexed recipient, address indexed asset, uint256 amount, uint256 fee
    );
    event RecipientMoved(address indexed recipient, address indexed wallet);
    event UnitsAssigned(address indexed from, address indexed to, uint256 units);
    event InterestMoved(address indexed from, address indexed to, uint256 units);
    event InterestPaid(bytes32 indexed beneficiary, address indexed wallet, address indexed asset, uint256 amount);
    event TrusteeFeePaid(address indexed trustee, uint256 amount);
    event FeePaid(address indexed recipient, uint256 amount);
    event Shortfall(uint256 held, uint256 owed);

    error OnlyDirectory(address caller, address directory);
    error OnlyItsRound(address caller, address round);
    error NotATrustee(address caller, address trust);
    error NotTheProtector(address caller, address protector);
    error NotTheSettlor(address caller, address settlor);
    error NotABeneficiary(address caller);
    error MayNotPropose(address caller);
    error TrustHasEnded(EndReason reason);
    error TrustGoesOn();
    error HoldsProceeds();
    error HoldsNoProceeds();
    error AlreadyBound(address round);
    error UnknownTranche(uint256 tranche);
    error UnknownDisbursement(uint256 disbursement, uint256 attempts);
    error WrongDisbursementStatus(uint256 disbursement, DisbursementStatus status);
    error TrancheOutOfOrder(uint256 tranche, uint256 follows);
    error TrancheNotDue(uint256 notBefore, uint256 time);
    error RoundNotSettled(address round, IProceedsRound.Status status);
    error ProceedsOutstanding(address round, uint256 owed);
    error RoundInAnotherToken(address given, address required);
    error NothingToDisburse(uint256 tranche);
    error FundTooSmall(uint256 available, uint256 amount);
    error AlreadyApproved(uint256 disbursement, address trustee);
    error AlreadyRejected(uint256 disbursement, address trustee);
    error ApprovalsMissing(uint256 approvals, uint256 threshold);
    error ChallengePeriodRuns(uint256 executableFrom, uint256 time);
    error ChallengePeriodOver(uint256 executableFrom, uint256 time);
    error RecipientIsTrustee(address recipient);
    error VotePending(address vote);
    error AlreadyVoted(address vote);
    error MotionNotCarried(bytes32 motion, uint256 unitsFor, uint256 units);
    error SupportersOutOfOrder(address before, address supporter);
    error NotIndependent(address person);
    error IsIndependent(address person);
    error OfficeClosedTo(address person);
    error NoVacancy();
    error AlreadyResigning(address trustee);
    error AffiliatedTooRecently(uint256 removableFrom, uint256 time);
    error RemovalNotExecutable(uint256 executableFrom, uint256 lapsesAt, uint256 time);
    error PeriodOutOfOrder(uint256 periodStart, uint256 periodEnd, uint256 time);
    error StatementOverdue(uint256 due, uint256 time);
    error NothingChanged();
    error NothingEndsIt();
    error NotRevocable();
    error UnitsNotAssignable();
    error NotEnoughUnits(uint256 held, uint256 requested);
    error NoSuccessor(address wallet);
    error AssetNotHeld(address asset);
    error WrongAmountReceived(uint256 received, uint256 expected);
    error HoldsLessThanItOwes(uint256 held, uint256 owed);
    error NothingToTakeIn(uint256 held, uint256 owed);
    error NothingToPay();
    error ShortfallNotAccepted(address caller, address owner, uint256 held, uint256 owed);
    error RecoveryPending(bytes32 identity);
    error WalletWasSucceeded(address wallet, address successor);

    constructor(IInvestorRegistry registry_) {
        REGISTRY = registry_;
    }

    // ------------------------------------------------------------------------------------------ inside

    function _args() internal view returns (bytes memory) {
        return PackedArgs.all();
    }

    function _requireGoingOn() internal view returns (FundWord f) {
        f = _fund;
        if (f.ended() != EndReason.None) revert TrustHasEnded(f.ended());
    }

    function _requireDirectory(bytes memory args) internal view {
        address directory = args.directory();
        if (msg.sender != directory) revert OnlyDirectory(msg.sender, directory);
    }

    function _controller(bytes memory args) internal view returns (address) {
        return ICompanies(args.directory()).controllerOf(args.companyId());
    }

    /// @return seat of a trustee in office; `MOST_SEATS` for anyone else
    function _seatOf(bytes memory args, uint256 inOffice, address person) internal view returns (uint256 seat) {
        uint256 originals = args.trusteeCount();
        seat = args.originalSeatOf(person);
        if (seat < originals && inOffice >> seat & 1 != 0) return seat;
        // No later seat was given, or nobody sits in one: nothing to look up.
        if (inOffice >> originals == 0) return MOST_SEATS;
        uint256 later = _laterSeats[person];
        return later != 0 && inOffice >> (later - 1) & 1 != 0 ? later - 1 : MOST_SEATS;
    }

    function _requireTrustee(bytes memory args, uint256 inOffice, address person) internal view returns (uint256 seat) {
        seat = _seatOf(args, inOffice, person);
        if (seat == MOST_SEATS) revert NotATrustee(person, address(this));
    }

    function _trusteeIn(bytes memory args, uint256 seat) internal view returns (address) {
        return seat < args.trusteeCount() ? args.trusteeAt(seat) : _seats[seat].trustee;
    }

    /// @dev The tranche's last attempt, that `disbursement` must be.
    function _attempt(uint256 disbursement) internal view returns (DisbursementWord d) {
        d = _disbursements[uint8(disbursement)];
        uint256 attempts = d.attempt();
        if (attempts == 0 || attempts != disbursement >> 8) revert UnknownDisbursement(disbursement, attempts);
    }

    /// @dev Where what a person named in the deed receives is paid: wherever that person's wallet moved.
    function _current(address person) internal view returns (address) {
        address moved = _movedRecipients[person];
        return moved == address(0) ? person : moved;
    }

    function _removalMotion(address trustee) internal view returns (bytes32) {
        return keccak256(abi.encode("remove", address(this), trustee));
    }

    function _appointmentMotion(address nominee) internal view returns (bytes32) {
        return keccak256(abi.encode("appoint", address(this), nominee));
    }

    function _vetoMotion(uint256 disbursement) internal view returns (bytes32) {
        return keccak256(abi.encode("veto", address(this), disbursement));
    }

    function _endMotion() internal view returns (bytes32) {
        return keccak256(abi.encode("end", address(this)));
    }

    /// @dev How many of 40 bits are set.
    function _count(uint256 bits) internal pure returns (uint256) {
        // Sums of pairs, of fours, of bytes, of all: each fits where it stands.
        unchecked {
            bits -= bits >> 1 & 0x5555555555;
            bits = (bits & 0x3333333333) + (bits >> 2 & 0x3333333333);
            bits = bits + (bits >> 4) & 0x0f0f0f0f0f;
            return bits * 0x0101010101 >> 32 & 0xff;
        }
    }

    function _key(address wallet) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(wallet)));
    }

    function _totalUnits(bytes memory args) internal pure returns (uint256 units) {
        uint256 count = args.beneficiaryCount();
        for (uint256 i = 0; i < count; ++i) {
            units += args.beneficiaryAt(i).units;
        }
    }
}
