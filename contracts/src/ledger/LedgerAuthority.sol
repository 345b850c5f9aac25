// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HistoryChain} from "./HistoryChain.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @title LedgerAuthority
/// @notice Says which role may call which restricted function, and keeps the history of every such decision. It is
/// OpenZeppelin's AccessManager with its events folded, everything settled at birth, and delays that can be
/// lengthened but never brought under `minimumDelay`. No function that lets money or shares out is restricted, so
/// no role decides over an exit.
/// @dev A clone (ERC-1167) takes the function roles of its template.
contract LedgerAuthority is AccessManager, HistoryChain {
    struct RoleHolder {
        uint64 role;
        address account;
        string label;
    }

    struct FunctionRole {
        address target;
        bytes4 selector;
        uint64 role;
    }

    /// @notice Admits companies and lists settlement tokens.
    uint64 public constant OPERATOR_ROLE = 1;
    /// @notice Attests investors.
    uint64 public constant REGISTRAR_ROLE = 2;
    /// @notice Pauses commitments and cancels rounds before their tally ends.
    uint64 public constant GUARDIAN_ROLE = 3;
    /// @notice The second party of a recovery and of an order on shares; the operator does not hold it.
    uint64 public constant RECOVERY_ROLE = 4;

    /// @notice No delay of this authority is ever shorter, in seconds.
    uint32 public constant SHORTEST_DELAY = 2 days;

    bytes10 private constant CLONE_PREFIX = 0x363d3d373d3d3d363d73;
    bytes15 private constant CLONE_SUFFIX = 0x5af43d82803e903d91602b57fd5bf3;

    /// @notice The least delay, in seconds, of ADMIN, of granting a role, and of changing a target.
    uint32 public immutable minimumDelay;

    error DelayTooShort(uint32 given, uint32 minimum);

    /// @param admin holder of ADMIN_ROLE; whatever it does waits `delay`
    /// @param delay seconds, at least `SHORTEST_DELAY`
    /// @param holders first holders of the other roles, effective at once and without a delay; ADMIN has none but `admin`
    /// @param functions the roles of the targets' restricted functions; a function not named here is ADMIN's
    constructor(address admin, uint32 delay, RoleHolder[] memory holders, FunctionRole[] memory functions)
        AccessManager(admin)
    {
        if (delay < SHORTEST_DELAY) revert DelayTooShort(delay, SHORTEST_DELAY);
        minimumDelay = delay;
        _grantRole(ADMIN_ROLE, admin, 0, delay);
        for (uint256 i = 0; i < holders.length; ++i) {
            RoleHolder memory holder = holders[i];
            if (holder.role == ADMIN_ROLE) revert AccessManagerLockedRole(holder.role);
            _emit(RoleLabel.selector, bytes32(uint256(holder.role)), abi.encode(holder.label));
            _grantRole(holder.role, holder.account, 0, 0);
            if (getRoleGrantDelay(holder.role) == 0) _setGrantDelay(holder.role, delay);
        }
        for (uint256 i = 0; i < functions.length; ++i) {
            FunctionRole memory f = functions[i];
            _setTargetFunctionRole(f.target, f.selector, f.role);
            if (getTargetAdminDelay(f.target) == 0) _setTargetAdminDelay(f.target, delay);
        }
    }

    /// @inheritdoc AccessManager
    function getTargetFunctionRole(address target, bytes4 selector) public view override returns (uint64) {
        return super.getTargetFunctionRole(templateOf(target), selector);
    }

    /// @notice The template that `target` is a clone of, or `target` itself when it is no clone.
    function templateOf(address target) public view returns (address) {
        if (target.code.length < 45) return target;
        bytes memory head = new bytes(45);
        assembly ("memory-safe") {
            extcodecopy(target, add(head, 0x20), 0, 45)
        }
        bytes10 prefix;
        address template;
        bytes15 suffix;
        assembly ("memory-safe") {
            prefix := mload(add(head, 0x20))
            template := shr(96, mload(add(head, 0x2a)))
            suffix := mload(add(head, 0x3e))
        }
        return prefix == CLONE_PREFIX && bytes15(suffix) == CLONE_SUFFIX ? template : target;
    }

    /// @inheritdoc AccessManager
    /// @dev None while being constructed, so that the delays of birth hold from the first block.
    function minSetback() public view override returns (uint32) {
        return _isBeingBorn() ? 0 : super.minSetback();
    }

    /// @inheritdoc AccessManager
    function labelRole(uint64 roleId, string calldata label) public override {
        super.labelRole(roleId, label);
        _fold(RoleLabel.selector, bytes32(uint256(roleId)), abi.encode(label));
    }

    /// @inheritdoc AccessManager
    function schedule(address target, bytes calldata data, uint48 when)
        public
        override
        returns (bytes32 operationId, uint32 nonce)
    {
        (operationId, nonce) = super.schedule(target, data, when);
        _fold(
            OperationScheduled.selector,
            operationId,
            bytes32(uint256(nonce)),
            abi.encode(getSchedule(operationId), _msgSender(), target, data)
        );
    }

    /// @inheritdoc AccessManager
    function cancel(address caller, address target, bytes calldata data) public override returns (uint32 nonce) {
        nonce = super.cancel(caller, target, data);
        _fold(OperationCanceled.selector, hashOperation(caller, target, data), bytes32(uint256(nonce)), "");
    }

    function _consumeScheduledOp(bytes32 operationId) internal override returns (uint32 nonce) {
        nonce = super._consumeScheduledOp(operationId);
        _fold(OperationExecuted.selector, operationId, bytes32(uint256(nonce)), "");
    }

    function _grantRole(uint64 roleId, address account, uint32 grantDelay, uint32 executionDelay)
        internal
        override
        returns (bool newMember)
    {
        if (roleId == ADMIN_ROLE) _requireDelay(executionDelay);
        newMember = super._grantRole(roleId, account, grantDelay, executionDelay);
        (uint48 since,,, uint48 effect) = getAccess(roleId, account);
        if (!newMember) since = effect == 0 ? uint48(block.timestamp) : effect;
        _fold(
            RoleGranted.selector,
            bytes32(uint256(roleId)),
            _topic(account),
            abi.encode(executionDelay, since, newMember)
        );
    }

    function _revokeRole(uint64 roleId, address account) internal override returns (bool revoked) {
        revoked = super._revokeRole(roleId, account);
        if (revoked) _fold(RoleRevoked.selector, bytes32(uint256(roleId)), _topic(account), "");
    }

    function _setRoleAdmin(uint64 roleId, uint64 admin) internal override {
        super._setRoleAdmin(roleId, admin);
        _fold(RoleAdminChanged.selector, bytes32(uint256(roleId)), bytes32(uint256(admin)), "");
    }

    function _setRoleGuardian(uint64 roleId, uint64 guardian) internal override {
        super._setRoleGuardian(roleId, guardian);
        _fold(RoleGuardianChanged.selector, bytes32(uint256(roleId)), bytes32(uint256(guardian)), "");
    }

    function _setGrantDelay(uint64 roleId, uint32 newDelay) internal override {
        _requireDelay(newDelay);
        uint48 effect = _effectOf(getRoleGrantDelay(roleId), newDelay);
        super._setGrantDelay(roleId, newDelay);
        _fold(RoleGrantDelayChanged.selector, bytes32(uint256(roleId)), abi.encode(newDelay, effect));
    }

    function _setTargetFunctionRole(address target, bytes4 selector, uint64 roleId) internal override {
        super._setTargetFunctionRole(target, selector, roleId);
        _fold(TargetFunctionRoleUpdated.selector, _topic(target), bytes32(uint256(roleId)), abi.encode(selector));
    }

    function _setTargetAdminDelay(address target, uint32 newDelay) internal override {
        _requireDelay(newDelay);
        uint48 effect = _effectOf(getTargetAdminDelay(target), newDelay);
        super._setTargetAdminDelay(target, newDelay);
        _fold(TargetAdminDelayUpdated.selector, _topic(target), abi.encode(newDelay, effect));
    }

    function _setTargetClosed(address target, bool closed) internal override {
        super._setTargetClosed(target, closed);
        _fold(TargetClosed.selector, _topic(target), abi.encode(closed));
    }

    function _effectOf(uint32 current, uint32 next) private view returns (uint48) {
        uint32 shortening = current > next ? current - next : 0;
        uint32 setback = minSetback();
        return uint48(block.timestamp) + (shortening > setback ? shortening : setback);
    }

    function _requireDelay(uint32 given) private view {
        if (!_isBeingBorn() && given < minimumDelay) revert DelayTooShort(given, minimumDelay);
    }

    function _isBeingBorn() private view returns (bool) {
        return address(this).code.length == 0;
    }
}
