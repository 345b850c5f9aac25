// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ledger} from "../../Ledger.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice A contract that nobody knows, and that takes whatever it is given.
contract Stranger {
    fallback() external payable {}
}

/// @title Matrix
/// @notice Calls every function that changes something as everybody, with zeros and with plausible arguments, in one
/// state after the other, and compares who got through with a table that was read before it was committed:
///   contract state function: callers
/// A function that a table does not name lets nobody through. Whoever gets through, money and shares leave only the
/// caller and the contracts that hold them, and reach only those whom the terms name.
abstract contract Matrix is Ledger {
    /// @dev In the order of the alphabet, as a JSON object is decoded.
    struct Function {
        bytes plausible;
        string signature;
        bytes zeros;
    }

    string private constant TABLES = "test/hostile/matrix/";

    Stranger internal stranger;
    address internal investor;
    address internal other;

    address[] private _callers;
    string[] private _names;
    address[] private _instances;
    address[] private _payees;
    mapping(bytes4 selector => bytes[]) private _special;
    mapping(address token => mapping(bytes4 selector => bool)) private _ordered;
    mapping(bytes32 placeholder => bytes32) private _words;
    string private _observed;

    function setUp() public virtual override {
        super.setUp();
        stranger = new Stranger();
        investor = retail("investor", 100_000);
        other = accredited("other investor");
        _caller("operator", operator);
        _caller("registrar", registrar);
        _caller("guardian", guardian);
        _caller("recovery", recoverer);
        _caller("admin", admin);
        _caller("fee recipient", platform);
        _caller("issuer", issuer);
        _caller("investor", investor);
        _caller("other investor", other);
        _caller("outsider", outsider);
        _caller("stranger", address(stranger));
        _payee(platform);
        _payee(issuer);
        _payee(investor);
        _payee(other);
        _standard();
    }

    // ------------------------------------------------------------------------------------------ who and what

    function _caller(string memory name, address caller) internal {
        _names.push(name);
        _callers.push(caller);
    }

    /// @notice Whom the terms let receive money.
    function _payee(address payee) internal {
        _payees.push(payee);
    }

    /// @notice A contract that holds money or shares of others, and may pay them out.
    function _instance(address instance) internal {
        _instances.push(instance);
        _payees.push(instance);
    }

    /// @notice Arguments that get through where the plausible ones do not.
    function _with(bytes memory call) internal {
        _special[bytes4(call)].push(call);
    }

    /// @notice Takes shares from others by right: an order, a recovery, an allowance.
    function _takesByRight(bytes4 selector) internal {
        _ordered[address(share)][selector] = true;
    }

    /// @notice Takes money from others by right: what they signed.
    function _takesMoneyByRight(bytes4 selector) internal {
        _ordered[address(dollar)][selector] = true;
    }

    function _means(bytes32 placeholder, bytes32 word) internal {
        _words[placeholder] = word;
    }

    function _means(bytes32 placeholder, address account) internal {
        _means(placeholder, bytes32(uint256(uint160(account))));
    }

    function _standard() private {
        _means("$token", address(dollar));
        _means("$class", address(share));
        _means("$directory", address(directory));
        _means("$rules", address(rules));
        _means("$investor", investor);
        _means("$other", other);
        _means("$identity", identityOf(investor));
        _means("$otherIdentity", identityOf(other));
        _means("$company", bytes32(companyId));
    }

    // ------------------------------------------------------------------------------------------ calling

    /// @notice Calls every function that the contract `name` has, at `target`, as everybody, as things stand now.
    function _everyoneCalls(string memory name, address target, string memory state) internal {
        recorder.capture();
        _means("$time", bytes32(block.timestamp + 30 days));
        Function[] memory functions = _functionsOf(name);
        bool nobody = true;
        for (uint256 i = 0; i < functions.length; ++i) {
            // By a call, which gives back the memory it took.
            string memory through = this.callersOf(target, functions[i]);
            if (bytes(through).length == 0) continue;
            nobody = false;
            _observed = string.concat(_observed, name, " ", state, " ", functions[i].signature, ": ", through, "\n");
        }
        if (nobody) _observed = string.concat(_observed, name, " ", state, ": nobody\n");
        recorder.forget();
    }

    function _functionsOf(string memory name) private view returns (Function[] memory) {
        string memory json = vm.readFile(string.concat(TABLES, "functions.json"));
        return abi.decode(vm.parseJson(json, string.concat(".", name)), (Function[]));
    }

    /// @notice Whom a function lets through, by their names; empty when it is nobody.
    function callersOf(address target, Function memory f) external returns (string memory through) {
        uint256 count = 0;
        for (uint256 i = 0; i < _callers.length; ++i) {
            if (_getsThrough(target, f, _callers[i])) {
                through = string.concat(through, count == 0 ? "" : ", ", _names[i]);
                ++count;
            }
        }
        if (count == _callers.length) through = "anyone";
    }

    function _getsThrough(address target, Function memory f, address caller) private returns (bool) {
        bool plain = _succeeds(target, f.zeros, caller);
        bool plausible = _succeeds(target, _filled(f.plausible), caller);
        bool through = plain || plausible;
        bytes[] memory special = _special[bytes4(f.zeros)];
        for (uint256 i = 0; i < special.length; ++i) {
            if (_succeeds(target, special[i], caller)) through = true;
        }
        return through;
    }

    /// @dev On a copy of the state, if it succeeds.
    function _succeeds(address target, bytes memory call, address caller) private returns (bool done) {
        uint256 state = vm.snapshotState();
        uint256[] memory money = _balances(dollar);
        uint256[] memory shares = _balances(share);
        vm.prank(caller);
        // A refusal is an outcome here, whatever its reason.
        // solhint-disable-next-line avoid-low-level-calls
        (done,) = target.call(call);
        if (done) {
            _requireRightful(dollar, money, caller, bytes4(call));
            _requireRightful(share, shares, caller, bytes4(call));
        }
        assertTrue(vm.revertToStateAndDelete(state));
    }

    /// @notice The arguments with what their placeholders stand for.
    function _filled(bytes memory call) private view returns (bytes memory filled) {
        filled = call;
        for (uint256 place = 36; place < filled.length + 32; place += 32) {
            bytes32 word;
            assembly ("memory-safe") {
                word := mload(add(filled, place))
            }
            bytes32 meant = _words[word];
            if (meant != 0) {
                assembly ("memory-safe") {
                    mstore(add(filled, place), meant)
                }
            }
        }
    }

    /// @notice This state, with its histories, to come back to.
    function _mark() internal returns (uint256) {
        recorder.capture();
        return vm.snapshotState();
    }

    /// @notice To an earlier state, but for what was observed since.
    function _back(uint256 state) internal {
        string memory observed = _observed;
        assertTrue(vm.revertToState(state));
        _observed = observed;
        recorder.forget();
    }

    // ------------------------------------------------------------------------------------------ money

    function _balances(IERC20 token) private view returns (uint256[] memory balances) {
        balances = new uint256[](_callers.length + _instances.length);
        for (uint256 i = 0; i < balances.length; ++i) {
            balances[i] = token.balanceOf(_account(i));
        }
    }

    function _account(uint256 place) private view returns (address) {
        return place < _callers.length ? _callers[place] : _instances[place - _callers.length];
    }

    function _requireRightful(IERC20 token, uint256[] memory before, address caller, bytes4 selector) private view {
        for (uint256 i = 0; i < before.length; ++i) {
            address account = _account(i);
            uint256 balance = token.balanceOf(account);
            bool byRight = _ordered[address(token)][selector];
            bool mayLose = byRight || account == caller || _isAmong(_instances, account);
            if (!mayLose) assertGe(balance, before[i], string.concat("taken from another by ", vm.toString(selector)));
            if (!_isAmong(_payees, account)) {
                assertLe(balance, before[i], string.concat("given to one with no claim by ", vm.toString(selector)));
            }
        }
    }

    function _isAmong(address[] storage accounts, address account) private view returns (bool) {
        for (uint256 i = 0; i < accounts.length; ++i) {
            if (accounts[i] == account) return true;
        }
        return false;
    }

    // ------------------------------------------------------------------------------------------ the table

    /// @notice Compares what was observed with the table of that name; a new table is left in cache/ to be read.
    function _requireTable(string memory name) internal {
        string memory path = string.concat(TABLES, name, ".txt");
        string memory expected = vm.exists(path) ? vm.readFile(path) : "";
        if (keccak256(bytes(expected)) == keccak256(bytes(_observed))) return;
        string memory observed = string.concat("cache/matrix-", name, ".txt");
        vm.writeFile(observed, _observed);
        revert(
            string.concat(
                "Who may do what has changed: diff contracts/",
                path,
                " contracts/",
                observed,
                "; accept it in contracts/ by: node tools/matrix.js --accept"
            )
        );
    }
}
