// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Recovery} from "../identity/Recovery.sol";
import {HistoryChain} from "./HistoryChain.sol";
import {ICompanies} from "./ICompanies.sol";
import {Instance} from "./Instance.sol";
import {InstanceAddress} from "./InstanceAddress.sol";
import {Restricted} from "./Restricted.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

/// @title Companies
/// @notice The companies of a Directory: who acts for each, what was opened for it, and where it went.
/// @dev A company that moved is answered for by the Directory that keeps it now. What either of them opens for it is
/// listed by both, so that an instance need ask only the Directory that opened it.
abstract contract Companies is HistoryChain, Restricted, ICompanies {
    struct Company {
        address controller;
        uint16 feeBps;
        string name;
        string registration;
    }

    /// @param number of the instance among all that this Directory opened, counted from 1; 0 when another opened it
    /// @param previous number of the same company's instance before it; 0 when there is none
    struct Listing {
        Kind kind;
        uint48 companyId;
        uint48 number;
        uint48 previous;
    }

    /// @notice A company as one Directory hands it to another.
    /// @param moves how often it has moved, this time included
    struct MovedCompany {
        uint64 companyId;
        address controller;
        uint16 feeBps;
        uint8 moves;
        bytes32 issuerKey;
        string name;
        string registration;
    }

    struct Entry {
        address controller;
        uint16 feeBps;
        uint8 moves;
        bool moved;
        uint48 latest;
        string name;
        string registration;
    }

    struct Place {
        address directory;
        uint64 companyId;
    }

    struct Counts {
        uint48 companies;
        uint48 instances;
        address feeRecipient;
    }

    /// @notice Most that a company can be asked to agree to, in hundredths of a percent.
    uint16 public constant MOST_FEE_BPS = 1000;
    /// @notice Most times that a company moves: whoever asks the first Directory is passed on as often.
    uint8 public constant MOST_MOVES = 8;

    /// @notice The only one that replaces a controller whose key is lost.
    address public immutable recovery;

    Counts internal _counts;
    mapping(uint256 companyId => Entry) private _companies;
    mapping(uint256 companyId => address) private _proposed;
    mapping(address instance => Listing) private _listings;
    mapping(address directory => bool) private _directories;
    mapping(uint256 companyId => Place) private _successors;
    mapping(uint256 companyId => Place) private _predecessors;
    mapping(uint256 companyId => bytes32) private _issuerKeys;
    mapping(bytes32 issuerKey => bool) private _left;

    event CompanyRegistered(
        uint256 indexed companyId, address indexed controller, uint256 feeBps, string name, string registration
    );
    event ControllerProposed(uint256 indexed companyId, address indexed controller, address indexed candidate);
    event ControllerChanged(uint256 indexed companyId, address indexed previous, address indexed controller);
    event DirectoryAllowed(address indexed directory, bool allowed);
    event CompanyMoved(uint256 indexed companyId, address indexed directory, uint256 indexed successorId);
    event CompanyReceived(
        uint256 indexed companyId, address indexed directory, uint256 indexed predecessorId, bytes32 issuerKey
    );
    event InstanceListed(address indexed instance, uint256 indexed companyId, Kind kind);
    event InstanceAdopted(address indexed instance, uint256 indexed companyId, Kind kind);

    error ControllerMissing();
    error CompanyNameMissing();
    error FeeTooHigh(uint256 feeBps, uint256 most);
    error UnknownCompany(uint256 companyId);
    error NotTheController(address caller, address controller);
    error NotTheCandidate(address caller, address candidate);
    error OnlyRecovery(address caller, address recovery);
    error RecoveryPending(bytes32 identity);
    error DirectoryNotAllowed(address directory);
    error CompanyHasMoved(uint256 companyId);
    error WasHereBefore(bytes32 issuerKey);
    error MovedTooOften(uint256 companyId, uint256 moves);
    error OnlySuccessor(address caller, address successor);
    error NotOfTheCompany(address instance, uint256 companyId);
    error AlreadyListed(address instance);

    constructor(address recovery_) {
        recovery = recovery_;
    }

    // ------------------------------------------------------------------------------------------ platform

    /// @notice Admits a company whose controller may open share classes, trusts and rounds.
    /// @param feeBps the platform's fee that both sides agreed on for this company's rounds
    /// @param registration where the company is registered and under which number
    function registerCompany(address controller, uint16 feeBps, string calldata name, string calldata registration)
        external
        restricted
        returns (uint256 companyId)
    {
        if (bytes(name).length == 0) revert CompanyNameMissing();
        return _register(controller, feeBps, 0, name, registration);
    }

    /// @notice Allows companies to move to another Directory and to come from it, or no longer.
    function allowDirectory(address directory, bool allowed) external restricted {
        _directories[directory] = allowed;
        _emit(DirectoryAllowed.selector, _topic(directory), abi.encode(allowed));
    }

    // ------------------------------------------------------------------------------------------ controllers

    /// @notice Names who shall act for the company; nothing changes until the candidate accepts. Zero withdraws.
    function proposeController(uint256 companyId, address candidate) external {
        _requireController(companyId);
        _proposed[companyId] = candidate;
        _emit(ControllerProposed.selector, bytes32(companyId), _topic(msg.sender), _topic(candidate), "");
    }

    /// @notice The candidate takes over the company.
    function acceptController(uint256 companyId) external {
        _requireKept(companyId);
        address candidate = _proposed[companyId];
        if (msg.sender != candidate) revert NotTheCandidate(msg.sender, candidate);
        _changeController(companyId, candidate);
    }

    /// @notice Replaces a controller whose key is lost, once a recovery has run its course.
    function changeControllerByRecovery(uint256 companyId, address controller) external {
        if (msg.sender != recovery) revert OnlyRecovery(msg.sender, recovery);
        _requireKept(companyId);
        if (controller == address(0)) revert ControllerMissing();
        _changeController(companyId, controller);
    }

    // ------------------------------------------------------------------------------------------ moving

    /// @notice Moves the caller's company to a Directory that is allowed, for good. What was opened here stays as it is;
    /// from now on the other Directory opens for it, its classes included, and says who acts for it.
    function moveCompany(uint256 companyId, address directory) external returns (uint256 successorId) {
        _requireController(companyId);
        if (!_directories[directory] || directory == address(this)) revert DirectoryNotAllowed(directory);
        Entry storage entry = _companies[companyId];
        if (entry.moves == MOST_MOVES) revert MovedTooOften(companyId, entry.moves);
        entry.moved = true;
        _left[issuerKey(companyId)] = true;
        delete _proposed[companyId];
        MovedCompany memory moving = MovedCompany(
            uint64(companyId),
            entry.controller,
            entry.feeBps,
            entry.moves + 1,
            issuerKey(companyId),
            entry.name,
            entry.registration
        );
        successorId = Companies(directory).receiveCompany(moving);
        _successors[companyId] = Place(directory, uint64(successorId));
        _emit(CompanyMoved.selector, bytes32(companyId), _topic(directory), bytes32(successorId), "");
    }

    /// @notice Called by an allowed Directory for a company that leaves it. A company never comes back: its instances would
    /// be listed here twice.
    function receiveCompany(MovedCompany calldata moved) external returns (uint256 companyId) {
        if (!_directories[msg.sender]) revert DirectoryNotAllowed(msg.sender);
        if (_left[moved.issuerKey]) revert WasHereBefore(moved.issuerKey);
        companyId = _register(moved.controller, moved.feeBps, moved.moves, moved.name, moved.registration);
        _predecessors[companyId] = Place(msg.sender, moved.companyId);
        _issuerKeys[companyId] = moved.issuerKey;
        _emit(
            CompanyReceived.selector,
            bytes32(companyId),
            _topic(msg.sender),
            bytes32(uint256(moved.companyId)),
            abi.encode(moved.issuerKey)
        );
    }

    /// @notice Lists here, by anyone, what the Directory before this one lists for the same company.
    function adopt(uint256 companyId, address instance) external {
        Place memory before = _predecessors[companyId];
        if (before.directory == address(0) || ICompanies(before.directory).companyOf(instance) != before.companyId) {
            revert NotOfTheCompany(instance, companyId);
        }
        _adopt(companyId, instance, ICompanies(before.directory).kindOf(instance));
    }

    /// @notice Called by the Directory to which a company moved, for each instance that it opens for it.
    function adoptFromSuccessor(uint256 companyId, address instance, Kind kind) external {
        address successor = _successors[companyId].directory;
        if (msg.sender != successor) revert OnlySuccessor(msg.sender, successor);
        _adopt(companyId, instance, kind);
        if (_companies[companyId].moves > 0) _tellPredecessor(companyId, instance, kind);
    }

    // ------------------------------------------------------------------------------------------ views

    /// @inheritdoc ICompanies
    function controllerOf(uint256 companyId) public view returns (address) {
        Entry storage entry = _companies[companyId];
        if (!entry.moved) return entry.controller;
        Place memory next = _successors[companyId];
        return ICompanies(next.directory).controllerOf(next.companyId);
    }

    /// @inheritdoc ICompanies
    function payeeOf(uint256 companyId, address caller) external view returns (address controller) {
        Entry storage entry = _companies[companyId];
        if (entry.moved) {
            Place memory next = _successors[companyId];
            return ICompanies(next.directory).payeeOf(next.companyId, caller);
        }
        controller = entry.controller;
        if (caller == controller) return controller;
        bytes32 subject = issuerKey(companyId);
        if (Recovery(recovery).isPending(subject)) revert RecoveryPending(subject);
    }

    /// @notice The candidate that the controller named; zero when there is none.
    function proposedController(uint256 companyId) external view returns (address) {
        return _proposed[companyId];
    }

    function company(uint256 companyId) external view returns (Company memory) {
        Entry storage entry = _companies[companyId];
        return Company(controllerOf(companyId), entry.feeBps, entry.name, entry.registration);
    }

    function companyCount() external view returns (uint256) {
        return _counts.companies;
    }

    /// @inheritdoc ICompanies
    function issuerKey(uint256 companyId) public view returns (bytes32) {
        // Only what was received has moved, and brought its key along.
        return
            _companies[companyId].moves == 0 ? keccak256(abi.encode(address(this), companyId)) : _issuerKeys[companyId];
    }

    /// @inheritdoc ICompanies
    function successorOf(uint256 companyId) external view returns (address directory, uint256 successorId) {
        if (!_companies[companyId].moved) return (address(this), companyId);
        Place memory next = _successors[companyId];
        return ICompanies(next.directory).successorOf(next.companyId);
    }

    /// @notice Whether companies may move to `directory` and come from it.
    function directoryAllowed(address directory) external view returns (bool) {
        return _directories[directory];
    }

    /// @notice What this Directory lists `instance` as; kind None when it does not.
    function listing(address instance) public view returns (Listing memory) {
        return _listings[instance];
    }

    /// @inheritdoc ICompanies
    function listed(address instance) external view returns (bool) {
        return _listings[instance].kind != Kind.None;
    }

    /// @inheritdoc ICompanies
    function kindOf(address instance) external view returns (Kind) {
        return _listings[instance].kind;
    }

    /// @inheritdoc ICompanies
    function companyOf(address instance) public view returns (uint256) {
        return _listings[instance].companyId;
    }

    /// @notice How many instances this Directory opened.
    function instanceCount() external view returns (uint256) {
        return _counts.instances;
    }

    /// @notice Up to `count` instances in their order of opening, from place `from`, counted from 0.
    function instances(uint256 from, uint256 count) external view returns (address[] memory page) {
        uint256 total = _counts.instances;
        uint256 start = from < total ? from : total;
        uint256 length = count < total - start ? count : total - start;
        page = new address[](length);
        for (uint256 i = 0; i < length; ++i) {
            page[i] = InstanceAddress.created(address(this), start + i + 1);
        }
    }

    /// @notice Up to `count` instances that this Directory opened for one company, the newest first.
    /// @param before the last instance of the page before; zero for the first page
    function companyInstances(uint256 companyId, address before, uint256 count)
        external
        view
        returns (address[] memory page)
    {
        Listing memory last = _listings[before];
        if (before != address(0) && last.companyId != companyId) revert NotOfTheCompany(before, companyId);
        uint256 number = before == address(0) ? _companies[companyId].latest : last.previous;
        uint256 total = _counts.instances;
        page = new address[](count < total ? count : total);
        uint256 length = 0;
        while (number != 0 && length < page.length) {
            address instance = InstanceAddress.created(address(this), number);
            page[length++] = instance;
            number = _listings[instance].previous;
        }
        // The page was allocated for as many as there might be.
        assembly ("memory-safe") {
            mstore(page, length)
        }
    }

    // ------------------------------------------------------------------------------------------ inside

    /// @dev Clones are all that a Directory creates, so the number of an instance is the nonce that made its address.
    function _open(Kind kind, uint256 companyId, address template, bytes memory args)
        internal
        returns (address instance)
    {
        instance = Clones.cloneWithImmutableArgs(template, args);
        Entry storage entry = _companies[companyId];
        uint48 number = ++_counts.instances;
        _listings[instance] = Listing(kind, uint48(companyId), number, entry.latest);
        entry.latest = number;
        _emit(InstanceListed.selector, _topic(instance), bytes32(companyId), abi.encode(kind));
        if (entry.moves > 0) _tellPredecessor(companyId, instance, kind);
        Instance(instance).open();
    }

    /// @dev The number of the instance that is opened next.
    function _nextNumber() internal view returns (uint48) {
        return _counts.instances + 1;
    }

    function _feeOf(uint256 companyId) internal view returns (uint16) {
        return _companies[companyId].feeBps;
    }

    function _requireController(uint256 companyId) internal view {
        address controller = _requireKept(companyId);
        if (msg.sender != controller) revert NotTheController(msg.sender, controller);
    }

    function _requireKept(uint256 companyId) private view returns (address controller) {
        Entry storage entry = _companies[companyId];
        controller = entry.controller;
        if (controller == address(0)) revert UnknownCompany(companyId);
        if (entry.moved) revert CompanyHasMoved(companyId);
    }

    function _register(
        address controller,
        uint16 feeBps,
        uint8 moves,
        string calldata name,
        string calldata registration
    ) private returns (uint256 companyId) {
        if (controller == address(0)) revert ControllerMissing();
        if (feeBps > MOST_FEE_BPS) revert FeeTooHigh(feeBps, MOST_FEE_BPS);
        companyId = ++_counts.companies;
        _companies[companyId] = Entry(controller, feeBps, moves, false, 0, name, registration);
        _emit(
            CompanyRegistered.selector, bytes32(companyId), _topic(controller), abi.encode(feeBps, name, registration)
        );
    }

    function _changeController(uint256 companyId, address controller) private {
        Entry storage entry = _companies[companyId];
        address previous = entry.controller;
        entry.controller = controller;
        delete _proposed[companyId];
        _emit(ControllerChanged.selector, bytes32(companyId), _topic(previous), _topic(controller), "");
    }

    function _adopt(uint256 companyId, address instance, Kind kind) private {
        if (_listings[instance].kind != Kind.None) revert AlreadyListed(instance);
        _listings[instance] = Listing(kind, uint48(companyId), 0, 0);
        _emit(InstanceAdopted.selector, _topic(instance), bytes32(companyId), abi.encode(kind));
    }

    function _tellPredecessor(uint256 companyId, address instance, Kind kind) private {
        Place memory before = _predecessors[companyId];
        Companies(before.directory).adoptFromSuccessor(before.companyId, instance, kind);
    }
}
