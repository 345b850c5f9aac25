// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HistoryChain} from "../ledger/HistoryChain.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {ICompanyControl} from "./ICompanyControl.sol";
import {InvestorRegistry} from "./InvestorRegistry.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @title Recovery
/// @notice The only way in which another wallet comes to act for a person or a company whose key is lost, whose owner
/// died, or whom a court has so ordered. The registrar announces it with the hash of its document; a second party, the
/// recovery role or a key that the person named before, confirms it; then the wallet to be given up has
/// `OBJECTION_PERIOD` to object, with one call that ends it; then anyone executes it.
/// @dev A recovery belongs to a subject: a person's identity, or a company's `ICompanies.issuerKey`. One at a time; after
/// one that came to nothing the subject is left in peace for `QUIET_PERIOD`, so that nobody is worn out by announcements
/// and nothing that waits for a pending recovery waits for ever. Windows are half-open.
contract Recovery is HistoryChain, Restricted {
    enum Kind {
        None,
        LostKey,
        Inheritance,
        CourtOrder,
        ControllerKey
    }

    enum Status {
        None,
        Announced,
        Confirmed,
        Executed,
        Objected,
        Withdrawn,
        Lapsed
    }

    /// @param newWallet the wallet that is to come after; zero when the estate passes to an heir
    /// @param since when it came to this status; `Lapsed` is never stored
    /// @param announcedAt when it was announced
    /// @param oldWallet the wallet to be given up
    /// @param heir the identity that the estate passes to, or zero
    /// @param announcer who may not be the second party too
    /// @param directory that kept a company when it was announced
    struct Announcement {
        address newWallet;
        Kind kind;
        Status status;
        uint40 since;
        uint40 announcedAt;
        address oldWallet;
        bytes32 heir;
        bytes32 documentHash;
        address announcer;
        address directory;
        uint64 companyId;
    }

    /// @param since from when on the key is named
    struct NamedKey {
        address key;
        uint40 since;
    }

    /// @notice An announcement lapses unless it is confirmed within this time, in seconds.
    uint256 public constant CONFIRMATION_PERIOD = 7 days;
    /// @notice From the confirmation on, in seconds; nothing is executed before it is over.
    uint256 public constant OBJECTION_PERIOD = 14 days;
    /// @notice After the objection period, in seconds; what is not executed in it lapses.
    uint256 public constant EXECUTION_PERIOD = 30 days;
    /// @notice From the end of a recovery that came to nothing until the next announcement, in seconds.
    uint256 public constant QUIET_PERIOD = 14 days;

    InvestorRegistry private immutable REGISTRY;

    mapping(bytes32 subject => Announcement) private _announcements;
    mapping(bytes32 identity => NamedKey) private _keys;

    event RecoveryKeyNamed(bytes32 indexed identity, address indexed wallet, address indexed key);
    event RecoveryAnnounced(
        bytes32 indexed subject,
        address indexed oldWallet,
        Kind kind,
        address newWallet,
        bytes32 heir,
        bytes32 documentHash,
        address directory,
        uint256 companyId
    );
    event RecoveryConfirmed(bytes32 indexed subject, address indexed by, bytes32 documentHash);
    event RecoveryObjected(bytes32 indexed subject, address indexed oldWallet);
    event RecoveryWithdrawn(bytes32 indexed subject);
    event RecoveryExecuted(bytes32 indexed subject, address indexed oldWallet, address indexed newWallet);

    error DocumentMissing();
    error KindDoesNotFit(Kind given);
    error NotAPersonsWallet(address caller);
    error UnknownCompany(uint256 companyId);
    error NotACompany(bytes32 subject);
    error ControllerMissing();
    error AlreadyInControl(address wallet);
    error RecoveryIsPending(bytes32 subject, Status status);
    error LeftInPeace(bytes32 subject, uint256 until, uint256 time);
    error NothingAnnounced(bytes32 subject, Status status);
    error NotAwaitingConfirmation(bytes32 subject, Status status);
    error NotTheDocument(bytes32 subject, bytes32 given, bytes32 announced);
    error SamePartyTwice(address party);
    error NotTheRecoveryKey(address caller, address key);
    error KeyNamedTooLate(uint256 namedAt, uint256 announcedAt);
    error KeyGivenUp(address key, address successor);
    error NotConfirmed(bytes32 subject, Status status);
    error StillOpenToObjection(uint256 until, uint256 time);
    error NotTheOldWallet(address caller, address oldWallet);
    error ControllerHasChanged(address announced, address controller);

    constructor(IAccessManager authority_, InvestorRegistry registry_) Restricted(authority_) {
        REGISTRY = registry_;
    }

    // ------------------------------------------------------------------------------------------ persons

    /// @notice Names the key that may confirm the caller's recoveries from now on, or none. It can confirm what the
    /// registrar announces after it was named, and nothing else. A recovery that is executed ends it: the new wallet
    /// names its own.
    function nameRecoveryKey(address key) external {
        bytes32 identity = REGISTRY.identityOf(msg.sender);
        if (identity == 0) revert NotAPersonsWallet(msg.sender);
        _keys[identity] = NamedKey(key, uint40(block.timestamp));
        _emit(RecoveryKeyNamed.selector, identity, _topic(msg.sender), _topic(key), "");
    }

    /// @notice Ends a recovery; only the wallet that it would replace may, and until it is executed.
    function object(bytes32 subject) external {
        Announcement storage a = _announcements[subject];
        _requirePending(subject);
        if (msg.sender != a.oldWallet) revert NotTheOldWallet(msg.sender, a.oldWallet);
        _move(a, Status.Objected);
        _emit(RecoveryObjected.selector, subject, _topic(msg.sender), "");
    }

    // ------------------------------------------------------------------------------------------ registrar

    /// @notice Announces that a person is to act through another wallet: `LostKey`, or `CourtOrder`.
    function announceWallet(Kind kind, bytes32 identity, address newWallet, bytes32 documentHash) external restricted {
        if (kind != Kind.LostKey && kind != Kind.CourtOrder) revert KindDoesNotFit(kind);
        REGISTRY.requireFree(newWallet);
        Announcement memory a;
        a.kind = kind;
        a.newWallet = newWallet;
        a.oldWallet = REGISTRY.activeWalletOf(identity);
        a.documentHash = documentHash;
        _announce(identity, a);
    }

    /// @notice Announces that what is one person's is to be another's, an existing identity: `Inheritance`, or
    /// `CourtOrder`. Several heirs are represented by one that shares out, such as an executor.
    function announceHeir(Kind kind, bytes32 identity, bytes32 heir, bytes32 documentHash) external restricted {
        if (kind != Kind.Inheritance && kind != Kind.CourtOrder) revert KindDoesNotFit(kind);
        REGISTRY.livingHeirOf(identity, heir);
        Announcement memory a;
        a.kind = kind;
        a.heir = heir;
        a.oldWallet = REGISTRY.activeWalletOf(identity);
        a.documentHash = documentHash;
        _announce(identity, a);
    }

    /// @notice Announces that a company is to act through another wallet.
    function announceController(address directory, uint64 companyId, address newController, bytes32 documentHash)
        external
        restricted
    {
        (address keeper, uint256 number) = ICompanies(directory).successorOf(companyId);
        address controller = ICompanies(keeper).controllerOf(number);
        if (controller == address(0)) revert UnknownCompany(companyId);
        if (newController == address(0)) revert ControllerMissing();
        if (controller == newController) revert AlreadyInControl(controller);
        Announcement memory a;
        a.kind = Kind.ControllerKey;
        a.newWallet = newController;
        a.oldWallet = controller;
        a.documentHash = documentHash;
        a.directory = keeper;
        a.companyId = uint64(number);
        bytes32 subject = ICompanies(keeper).issuerKey(number);
        if (subject == 0 || REGISTRY.currentWalletOf(subject) != address(0)) revert NotACompany(subject);
        _announce(subject, a);
    }

    /// @notice Takes an announcement back; the subject is left in peace all the same.
    function withdraw(bytes32 subject) external restricted {
        Announcement storage a = _announcements[subject];
        _requirePending(subject);
        _move(a, Status.Withdrawn);
        _emit(RecoveryWithdrawn.selector, subject, "");
    }

    // ------------------------------------------------------------------------------------------ second party

    /// @notice Confirms what the registrar announced with this document.
    function confirm(bytes32 subject, bytes32 documentHash) external restricted {
        _confirm(subject, documentHash);
    }

    /// @notice Confirms with the key that the person named before the announcement.
    function confirmWithKey(bytes32 identity, bytes32 documentHash) external {
        Kind kind = _announcements[identity].kind;
        if (kind == Kind.ControllerKey) revert KindDoesNotFit(kind);
        NamedKey memory named = _keys[identity];
        if (msg.sender != named.key) revert NotTheRecoveryKey(msg.sender, named.key);
        address successor = REGISTRY.successorOf(named.key);
        if (successor != address(0)) revert KeyGivenUp(named.key, successor);
        uint256 announcedAt = _announcements[identity].announcedAt;
        if (named.since >= announcedAt) revert KeyNamedTooLate(named.since, announcedAt);
        _confirm(identity, documentHash);
    }

    // ------------------------------------------------------------------------------------------ anyone

    /// @notice Executes a confirmed recovery once the objection period is over, by anyone.
    function execute(bytes32 subject) external {
        Announcement memory a = _announcements[subject];
        Status status = statusOf(subject);
        if (status != Status.Confirmed) revert NotConfirmed(subject, status);
        uint256 until = a.since + OBJECTION_PERIOD;
        if (block.timestamp < until) revert StillOpenToObjection(until, block.timestamp);
        _move(_announcements[subject], Status.Executed);
        address newWallet = a.newWallet;
        if (a.kind == Kind.ControllerKey) {
            _replaceController(subject, a);
        } else if (a.heir != 0) {
            delete _keys[subject];
            REGISTRY.inherit(subject, a.heir);
            newWallet = REGISTRY.currentWalletOf(subject);
        } else {
            delete _keys[subject];
            REGISTRY.succeed(subject, newWallet);
        }
        _emit(RecoveryExecuted.selector, subject, _topic(a.oldWallet), _topic(newWallet), "");
    }

    // ------------------------------------------------------------------------------------------ views

    function registry() external view returns (InvestorRegistry) {
        return REGISTRY;
    }

    /// @notice What was last announced for a subject, with its status as of now.
    function recoveryOf(bytes32 subject) external view returns (Announcement memory a) {
        a = _announcements[subject];
        a.status = statusOf(subject);
    }

    /// @notice The status as of now of what was last announced.
    function statusOf(bytes32 subject) public view returns (Status) {
        Announcement storage a = _announcements[subject];
        Status status = a.status;
        return _isLive(status) && block.timestamp >= _lapsesAt(status, a.since) ? Status.Lapsed : status;
    }

    /// @notice Whether a recovery of the subject is announced and has not ended.
    function isPending(bytes32 subject) external view returns (bool) {
        return _isLive(statusOf(subject));
    }

    /// @notice The second from which on a recovery of the subject can be announced; the largest number while one is
    /// pending.
    function announceableFrom(bytes32 subject) external view returns (uint256) {
        Status status = statusOf(subject);
        return _isLive(status) ? type(uint256).max : _quietUntil(_announcements[subject]);
    }

    function recoveryKeyOf(bytes32 identity) external view returns (NamedKey memory) {
        return _keys[identity];
    }

    // ------------------------------------------------------------------------------------------ inside

    function _announce(bytes32 subject, Announcement memory a) private {
        if (a.documentHash == 0) revert DocumentMissing();
        Status status = statusOf(subject);
        if (_isLive(status)) revert RecoveryIsPending(subject, status);
        uint256 until = _quietUntil(_announcements[subject]);
        if (block.timestamp < until) revert LeftInPeace(subject, until, block.timestamp);
        a.status = Status.Announced;
        a.since = uint40(block.timestamp);
        a.announcedAt = uint40(block.timestamp);
        a.announcer = msg.sender;
        _announcements[subject] = a;
        _emit(
            RecoveryAnnounced.selector,
            subject,
            _topic(a.oldWallet),
            abi.encode(a.kind, a.newWallet, a.heir, a.documentHash, a.directory, a.companyId)
        );
    }

    /// @dev Roles with a delay all call through the authority, which is then no sign of one and the same party.
    function _confirm(bytes32 subject, bytes32 documentHash) private {
        Announcement storage a = _announcements[subject];
        Status status = statusOf(subject);
        if (status != Status.Announced) revert NotAwaitingConfirmation(subject, status);
        if (documentHash != a.documentHash) revert NotTheDocument(subject, documentHash, a.documentHash);
        if (msg.sender == a.announcer && msg.sender != authority()) revert SamePartyTwice(msg.sender);
        _move(a, Status.Confirmed);
        _emit(RecoveryConfirmed.selector, subject, _topic(msg.sender), abi.encode(documentHash));
    }

    /// @dev A controller that hands over meanwhile has its key, so the announcement was mistaken. The Directory that keeps
    /// the company now says who controls it and under which subject, whatever the announced one said: a forged Directory
    /// recovers nobody else's company.
    function _replaceController(bytes32 subject, Announcement memory a) private {
        (address directory, uint256 companyId) = ICompanies(a.directory).successorOf(a.companyId);
        address controller = ICompanies(directory).controllerOf(companyId);
        if (controller != a.oldWallet) revert ControllerHasChanged(a.oldWallet, controller);
        if (ICompanies(directory).issuerKey(companyId) != subject) revert NotACompany(subject);
        ICompanyControl(directory).changeControllerByRecovery(companyId, a.newWallet);
    }

    function _move(Announcement storage a, Status status) private {
        a.status = status;
        a.since = uint40(block.timestamp);
    }

    function _requirePending(bytes32 subject) private view {
        Status status = statusOf(subject);
        if (!_isLive(status)) revert NothingAnnounced(subject, status);
    }

    function _isLive(Status status) private pure returns (bool) {
        return status == Status.Announced || status == Status.Confirmed;
    }

    function _lapsesAt(Status status, uint256 since) private pure returns (uint256) {
        return since + (status == Status.Announced ? CONFIRMATION_PERIOD : OBJECTION_PERIOD + EXECUTION_PERIOD);
    }

    /// @dev The quiet period begins with the objection, the withdrawal or the lapse; after an execution there is none.
    function _quietUntil(Announcement storage a) private view returns (uint256) {
        Status status = a.status;
        if (status == Status.None || status == Status.Executed) return 0;
        uint256 endedAt = _isLive(status) ? _lapsesAt(status, a.since) : a.since;
        return endedAt + QUIET_PERIOD;
    }
}
