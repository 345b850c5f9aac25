// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {FoldRecorder} from "../../FoldRecorder.sol";
import {CommonBase} from "forge-std/Base.sol";
import {StdUtils} from "forge-std/StdUtils.sol";

/// @notice Who takes part in recoveries.
struct Parties {
    FoldRecorder recorder;
    InvestorRegistry registry;
    Recovery recovery;
    address registrar;
    address recoverer;
    address[] wallets;
}

/// @title Successions
/// @notice Persons, registrar, second party and strangers, each doing whatever it can, with a record of their own of
/// what was announced, confirmed and objected to, by which every change of a wallet is judged.
contract Successions is CommonBase, StdUtils {
    struct Case {
        bool announced;
        bool confirmed;
        address newWallet;
        bytes32 heir;
        address announcer;
        uint256 announcedAt;
        uint256 confirmedAt;
    }

    uint256 private constant PERSONS = 5;
    bytes32 private constant DOCUMENT = "document";

    Parties private _all;
    mapping(bytes32 identity => address) public walletOf;
    mapping(bytes32 identity => bytes32) public heirOf;
    mapping(bytes32 identity => Case) private _cases;
    mapping(bytes32 identity => address) private _keys;
    mapping(bytes32 identity => uint256) private _keysSince;
    mapping(address wallet => bool) public givenUp;

    /// @notice How often each refusal came about, by the selector of its error.
    mapping(bytes32 what => uint256) public times;
    uint256 public violations;
    uint256 public recoveries;
    uint256 public inheritances;
    uint256 public objections;
    uint256 public lapses;
    uint256 public confirmedByKey;

    constructor(Parties memory all) {
        _all = all;
        for (uint256 i = 0; i < PERSONS; ++i) {
            walletOf[identity(i)] = all.wallets[i];
        }
    }

    function identity(uint256 seed) public view returns (bytes32) {
        return keccak256(abi.encode("salted identification of", _all.wallets[seed % PERSONS]));
    }

    // ------------------------------------------------------------------------------------------ registrar

    function announceWallet(uint256 who, uint256 wallet, uint256 by) external {
        bytes32 id = identity(who);
        address next = _wallet(wallet);
        address caller = by % 8 == 0 ? _wallet(by) : _all.registrar;
        bytes memory call = abi.encodeCall(Recovery.announceWallet, (Recovery.Kind.LostKey, id, next, DOCUMENT));
        if (_attempt(caller, address(_all.recovery), call)) _announced(id, next, 0, caller);
    }

    function announceHeir(uint256 who, uint256 heir, uint256 by) external {
        bytes32 id = identity(who);
        address caller = by % 8 == 0 ? _wallet(by) : _all.registrar;
        bytes memory call =
            abi.encodeCall(Recovery.announceHeir, (Recovery.Kind.Inheritance, id, identity(heir), DOCUMENT));
        if (_attempt(caller, address(_all.recovery), call)) _announced(id, address(0), identity(heir), caller);
    }

    function withdraw(uint256 who) external {
        bytes32 id = identity(who);
        if (_attempt(_all.registrar, address(_all.recovery), abi.encodeCall(Recovery.withdraw, (id)))) {
            delete _cases[id];
        }
    }

    /// @dev Renews, revokes, or tries to bind another wallet by attestation.
    function attest(uint256 who, uint256 wallet, bool revoking) external {
        bytes32 id = identity(who);
        bytes memory call = abi.encodeCall(InvestorRegistry.revoke, (id, "collusion"));
        if (!revoking) {
            InvestorRegistry.Attestation memory given = InvestorRegistry.Attestation(
                id, _wallet(wallet), 840, Category.Retail, uint40(block.timestamp + 90 days), 1, 0, DOCUMENT
            );
            call = abi.encodeCall(InvestorRegistry.attest, (given, new InvestorRegistry.YearlyLimit[](0)));
        }
        _attempt(_all.registrar, address(_all.registry), call);
    }

    // ------------------------------------------------------------------------------------------ second party

    function confirm(uint256 who, uint256 by) external {
        bytes32 id = identity(who);
        address caller = by % 4 == 0 ? _wallet(by >> 2) : by % 4 == 1 ? _all.registrar : _all.recoverer;
        bytes memory call = abi.encodeCall(Recovery.confirm, (id, DOCUMENT));
        if (!_attempt(caller, address(_all.recovery), call)) return;
        if (caller != _all.recoverer) ++violations;
        _confirmed(id, caller);
    }

    function confirmWithKey(uint256 who, uint256 by) external {
        bytes32 id = identity(who);
        address caller = by % 2 == 0 ? _keys[id] : _wallet(by);
        bytes memory call = abi.encodeCall(Recovery.confirmWithKey, (id, DOCUMENT));
        if (!_attempt(caller, address(_all.recovery), call)) return;
        if (caller != _keys[id] || _keysSince[id] >= _cases[id].announcedAt || givenUp[caller]) ++violations;
        ++confirmedByKey;
        _confirmed(id, caller);
    }

    // ------------------------------------------------------------------------------------------ persons and strangers

    function nameKey(uint256 who, uint256 key) external {
        bytes32 id = identity(who);
        address named = key % 4 == 0 ? walletOf[identity(key >> 2)] : _wallet(key);
        bytes memory call = abi.encodeCall(Recovery.nameRecoveryKey, (named));
        if (_attempt(walletOf[id], address(_all.recovery), call)) {
            (_keys[id], _keysSince[id]) = (named, block.timestamp);
        }
    }

    function object(uint256 who, uint256 by) external {
        if (by % 2 != 0) return;
        bytes32 id = identity(who);
        address caller = by % 8 == 0 ? _wallet(by >> 3) : walletOf[id];
        if (!_attempt(caller, address(_all.recovery), abi.encodeCall(Recovery.object, (id)))) return;
        if (caller != walletOf[id]) ++violations;
        ++objections;
        delete _cases[id];
    }

    function execute(uint256 who, uint256 by) external {
        bytes32 id = identity(who);
        if (!_attempt(_wallet(by), address(_all.recovery), abi.encodeCall(Recovery.execute, (id)))) return;
        Case memory c = _cases[id];
        uint256 due = c.confirmedAt + 14 days;
        if (!c.confirmed || block.timestamp < due || block.timestamp >= due + 30 days) ++violations;
        givenUp[walletOf[id]] = true;
        walletOf[id] = c.newWallet;
        if (c.heir != 0) {
            heirOf[id] = c.heir;
            ++inheritances;
        } else {
            ++recoveries;
        }
        delete _cases[id];
    }

    /// @dev Whoever it is but Recovery.
    function intrude(uint256 who, uint256 wallet, uint256 by) external {
        address[3] memory others = [_all.registrar, _all.recoverer, _wallet(by)];
        bytes memory call = wallet % 2 == 0
            ? abi.encodeCall(InvestorRegistry.succeed, (identity(who), _wallet(wallet)))
            : abi.encodeCall(InvestorRegistry.inherit, (identity(who), identity(wallet)));
        if (_attempt(others[by % 3], address(_all.registry), call)) ++violations;
    }

    /// @dev The roles' own mistakes, which are refused whatever the state.
    function err(uint256 kind, uint256 who) external {
        bytes32 id = identity(who);
        address fresh = vm.addr(1 + who % 1000);
        Recovery.Kind lost = Recovery.Kind.LostKey;
        kind %= 11;
        if (kind == 0) {
            _announcesInVain(abi.encodeCall(Recovery.announceWallet, (lost, id, fresh, 0)));
        } else if (kind == 1) {
            _announcesInVain(abi.encodeCall(Recovery.announceHeir, (lost, id, identity(who % PERSONS + 1), DOCUMENT)));
        } else if (kind < 4) {
            _inVain(_all.recoverer, address(_all.recovery), abi.encodeCall(Recovery.confirm, (id, "another")));
        } else if (kind == 4) {
            _registersInVain(abi.encodeCall(InvestorRegistry.attestAffiliate, (id, 0, true, DOCUMENT)));
        } else if (kind == 5) {
            _exemptsInVain(who, fresh);
        } else if (kind == 6) {
            _attestsManyInVain();
        } else {
            _attestsInVain(kind * 8 + who % 8, fresh);
        }
    }

    function _attestsInVain(uint256 kind, address fresh) private {
        bytes32 id = keccak256(abi.encode(fresh));
        InvestorRegistry.Attestation memory given = InvestorRegistry.Attestation(
            id, fresh, 840, Category.Retail, uint40(block.timestamp + 90 days), 1, 0, DOCUMENT
        );
        kind %= 8;
        if (kind == 0) given.identity = 0;
        else if (kind == 1) given.wallet = address(0);
        else if (kind == 2) given.category = Category.None;
        else if (kind == 3) given.country = 1000;
        else if (kind == 4) given.persons = 2;
        else if (kind == 5) given.withholdingBps = 9000;
        else if (kind == 6) given.expiresAt = uint40(block.timestamp);
        else given.expiresAt = type(uint40).max;
        _registersInVain(abi.encodeCall(InvestorRegistry.attest, (given, new InvestorRegistry.YearlyLimit[](0))));
    }

    function _exemptsInVain(uint256 who, address fresh) private {
        uint40 until = uint40(block.timestamp + 1 days);
        address to = who % 2 == 0 ? fresh : address(0);
        _registersInVain(abi.encodeCall(InvestorRegistry.attestExemptTransfer, (fresh, to, until, DOCUMENT)));
    }

    function _attestsManyInVain() private {
        InvestorRegistry.Attestation[] memory given = new InvestorRegistry.Attestation[](1);
        _registersInVain(abi.encodeCall(InvestorRegistry.attestAll, (given, "US-REG-CF", "USD", new uint256[](2))));
    }

    function _announcesInVain(bytes memory call) private {
        _inVain(_all.registrar, address(_all.recovery), call);
    }

    function _registersInVain(bytes memory call) private {
        _inVain(_all.registrar, address(_all.registry), call);
    }

    function _inVain(address by, address target, bytes memory call) private {
        if (_attempt(by, target, call)) ++violations;
    }

    function wait(uint256 time) external {
        time = time % 4 == 0 ? bound(time, 1, 25 days) : bound(time, 1, 4 days);
        vm.warp(block.timestamp + time);
        vm.roll(block.number + 1);
        for (uint256 i = 0; i < PERSONS; ++i) {
            if (_all.recovery.statusOf(identity(i)) == Recovery.Status.Lapsed && _cases[identity(i)].announced) {
                ++lapses;
                delete _cases[identity(i)];
            }
        }
    }

    // ------------------------------------------------------------------------------------------ inside

    function _announced(bytes32 id, address next, bytes32 heir, address by) private {
        if (by != _all.registrar || _cases[id].announced) ++violations;
        _cases[id] = Case(true, false, next, heir, by, block.timestamp, 0);
    }

    function _confirmed(bytes32 id, address by) private {
        Case storage c = _cases[id];
        if (!c.announced || c.confirmed || by == c.announcer || block.timestamp >= c.announcedAt + 7 days) {
            ++violations;
        }
        c.confirmed = true;
        c.confirmedAt = block.timestamp;
    }

    function _attempt(address by, address target, bytes memory call) private returns (bool done) {
        bytes memory answer;
        vm.prank(by);
        // A refusal is an outcome here, whatever its reason.
        // solhint-disable-next-line avoid-low-level-calls
        (done, answer) = target.call(call);
        if (!done) {
            _all.recorder.forget();
            ++times[bytes4(answer)];
            return false;
        }
        _all.recorder.capture();
        _all.recorder.requireSame(address(_all.registry));
        _all.recorder.requireSame(address(_all.recovery));
    }

    function _wallet(uint256 seed) private view returns (address) {
        return _all.wallets[seed % _all.wallets.length];
    }
}
