// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Recovery} from "../../../src/identity/Recovery.sol";
import {Companies} from "../../../src/ledger/Companies.sol";
import {Directory} from "../../../src/ledger/Directory.sol";
import {FundingRound} from "../../../src/round/FundingRound.sol";
import {RoundStatus} from "../../../src/round/RoundEvents.sol";
import {RoundSettlement} from "../../../src/round/RoundSettlement.sol";
import {RoundTerms} from "../../../src/round/RoundTerms.sol";
import {TrustBooks} from "../../../src/trust/TrustBooks.sol";
import {TrustOffices} from "../../../src/trust/TrustOffices.sol";
import {RoundsInvestors} from "./RoundsInvestors.sol";
import {Sale} from "./RoundsWorld.sol";

/// @notice The company, whoever acts for it: it amends, ends early, cancels, opens further rounds, and is paid; its keys
/// change hands, or are lost and recovered. And the trustees who hold the proceeds of one of its rounds.
abstract contract RoundsCompany is RoundsInvestors {
    uint256 private constant MOST_SALES = 9;

    uint256 public trustIn;
    uint256 public trustOut;
    uint256 private _released;
    uint256 private _trustFeePaid;
    address[] private _controllers;
    address private _announced;

    // ------------------------------------------------------------------------------------------ rounds

    function amend(uint256 which, uint256 days_, bool material) external {
        uint256 r = _sale(which);
        uint256 end = _lastDeadline(r);
        if (days_ % 16 == 0) end -= 1;
        else if (days_ % 32 == 1) end += 4000 days;
        else end += days_ % 3 * 1 days;
        uint256 before = sales[r].round.deadline();
        bytes memory call = abi.encodeCall(RoundSettlement.amend, (uint40(end), "amended", material));
        if (!does(_issuer(days_ >> 8), address(sales[r].round), call)) return;
        if (sales[r].round.deadline() < before) revert Astray(address(sales[r].round), before, end);
        ++times[material ? bytes32("amended materially") : bytes32("amended")];
        if (material && (days_ >> 16) % 2 == 0) _reconfirms(r, days_ >> 24, uint16(days_ >> 32));
    }

    function announceEarlyClose(uint256 which, uint256 ahead) external {
        uint256 r = _sale(which);
        uint256 earliest = block.timestamp + bound(ahead >> 8, 0, 30 days);
        bytes memory call = abi.encodeCall(RoundSettlement.announceEarlyClose, (uint40(earliest)));
        if (does(_issuer(ahead), address(sales[r].round), call)) ++times["early close announced"];
    }

    function cancelByIssuer(uint256 which, uint256 seed) external {
        if ((seed >> 8) % 8 != 0) return;
        uint256 r = _sale(which);
        bytes memory call = abi.encodeCall(RoundSettlement.cancelByIssuer, ("reason"));
        if (!does(_issuer(seed), address(sales[r].round), call)) return;
        ++times["cancelled by the issuer"];
        _observe(r);
    }

    /// @dev Under the terms of one of the first six; or Regulation Crowdfunding again, whose limits are for all rounds.
    function openAnother(uint256 like) external {
        if (_isTrustAtWork()) return;
        _opensLike(like % 3 == 0 ? like / 3 % 6 : 0, like >> 8);
    }

    function _comesAfter(uint256 r, uint256 seed) internal override {
        if (_isTrustAtWork()) _goesOn(r, seed);
        else _opensLike(sales[r].kind, seed);
    }

    function _isTrustAtWork() private view returns (bool) {
        return focus == TRUSTED + 1 && trustIn > trustOut;
    }

    function _opensLike(uint256 kind, uint256 seed) private {
        if (sales.length == MOST_SALES) return;
        Sale storage s = sales[kind];
        RoundTerms memory terms = termsOf(s.rules, s.token, s.class, s.price, seed % 2 == 0);
        terms.maximumShares = 300;
        if (seed >> 8 & 3 == 0) terms.opensAt += 2 days;
        bytes memory call = abi.encodeCall(Directory.openRound, (terms));
        (bool done, bytes memory answer) = ask(directory.controllerOf(companyId), address(directory), call);
        if (!done) return;
        addSale(FundingRound(abi.decode(answer, (address))), terms, kind);
        if (focus > 0 && books[focus - 1].status >= RoundStatus.Settled) focus = sales.length;
        ++times["opened"];
    }

    // ------------------------------------------------------------------------------------------ paid

    function payProceeds(uint256 which, uint256 by) external {
        _payProceeds(_sale(which), by);
    }

    function payFee(uint256 which, uint256 by) external {
        _payFee(_sale(which), by);
    }

    function _goesOn(uint256 r, uint256 seed) internal override {
        if (r == TRUSTED && trustIn > trustOut) _entrust(seed >> 4, seed >> 8, seed >> 16);
        else if (seed % 4 == 0) _takeCredit(r, _staker(r, seed >> 8), seed >> 4);
        else if (seed % 4 == 1) _payFee(r, seed >> 4);
        else _payProceeds(r, seed >> 4);
    }

    function _payProceeds(uint256 r, uint256 by) internal returns (bool) {
        (uint256 due,) = credits(r);
        address to = address(sales[r].trust) == address(0) ? _controller() : address(sales[r].trust);
        address caller = by % 2 == 0 ? to : anyone(by >> 1);
        if (!_pays(r, caller, abi.encodeCall(RoundSettlement.payProceeds, ()), due, to)) return false;
        books[r].proceedsTaken += due;
        if (r == TRUSTED) trustIn += due;
        ++times[r == TRUSTED ? bytes32("proceeds to the trust") : bytes32("proceeds to the issuer")];
        return true;
    }

    function _payFee(uint256 r, uint256 by) internal returns (bool) {
        (, uint256 due) = credits(r);
        address caller = by % 2 == 0 ? platform : anyone(by >> 1);
        if (!_pays(r, caller, abi.encodeCall(RoundSettlement.payFee, ()), due, platform)) return false;
        books[r].feeTaken += due;
        ++times["fee paid"];
        return true;
    }

    // ------------------------------------------------------------------------------------------ keys

    function changeKeys(uint256 kind, uint256 how) external {
        if (kind % 2 == 0) _handsOver(how);
        else _losesKey(how);
    }

    function _handsOver(uint256 kind) private {
        address next = _aKey(kind >> 8);
        bytes memory call = abi.encodeCall(Companies.proposeController, (companyId, next));
        if (!does(_issuer(kind), address(directory), call)) return;
        if (does(next, address(directory), abi.encodeCall(Companies.acceptController, (companyId)))) {
            ++times["handed over"];
        }
    }

    function _losesKey(uint256 kind) private {
        bytes32 subject = directory.issuerKey(companyId);
        kind %= 4;
        if (kind == 0) {
            _announced = _aKey(uint256(keccak256(abi.encode(block.timestamp))));
            bytes memory call = abi.encodeCall(
                Recovery.announceController, (address(directory), uint64(companyId), _announced, DOCUMENT)
            );
            if (!does(registrar, address(recovery), call)) return;
            does(recoverer, address(recovery), abi.encodeCall(Recovery.confirm, (subject, DOCUMENT)));
        } else if (kind == 1) {
            does(_controller(), address(recovery), abi.encodeCall(Recovery.object, (subject)));
        } else {
            if (recovery.statusOf(subject) == Recovery.Status.Confirmed) passes(14 days);
            if (does(outsider, address(recovery), abi.encodeCall(Recovery.execute, (subject)))) {
                ++times["issuer recovered"];
            }
        }
    }

    // ------------------------------------------------------------------------------------------ trust

    function entrust(uint256 kind, uint256 who, uint256 tranche) external {
        if (reenters) _reentersNoMore();
        touched = TRUSTED;
        _entrust(kind, who, tranche);
    }

    function _entrust(uint256 kind, uint256 who, uint256 tranche) private {
        uint256 disbursement = _last(1 + tranche % 2);
        kind %= 16;
        if (kind < 5) _proposes(kind, who, 1 + tranche % 2);
        else if (kind < 7) _trustee(who, abi.encodeCall(trust.approve, (disbursement)));
        else if (kind == 7) _trustee(who, abi.encodeCall(trust.reject, (disbursement)));
        else if (kind < 11) _executes(who >> 8, disbursement, who % 4 != 0);
        else if (kind == 11) _trustPaysFee(who);
        else if (kind == 12) _terminates(who, tranche % 2 == 0);
        else if (kind == 13) does(outsider, address(trust), abi.encodeCall(TrustOffices.end, ()));
        else _claims(who, tranche);
    }

    /// @dev Now and then approved and carried out at once, when it is due.
    function _proposes(uint256 kind, uint256 who, uint256 tranche) private {
        _trustee(who, abi.encodeCall(trust.propose, (uint8(tranche), DOCUMENT)));
        if (kind < 3) _trustee(who % 3 + 1, abi.encodeCall(trust.approve, (_last(tranche))));
        if (kind < 2) _executes(who >> 8, _last(tranche), true);
    }

    function _terminates(uint256 who, bool both) private {
        _trustee(who, abi.encodeCall(TrustOffices.terminate, (true)));
        if (both) _trustee(who % 3 + 1, abi.encodeCall(TrustOffices.terminate, (true)));
    }

    function _trustee(uint256 who, bytes memory call) private {
        does([trusteeOne, trusteeTwo, trusteeThree][who % 3], address(trust), call);
    }

    function _last(uint256 tranche) private view returns (uint256 disbursement) {
        (disbursement,) = TrustBooks(address(trust)).disbursementOf(tranche);
    }

    /// @dev The fee is the floor over everything released so far.
    function _executes(uint256 by, uint256 disbursement, bool waits) private {
        if (waits) passes(7 days);
        uint256 amount = _amountOf(disbursement);
        uint256 fee = (_released + amount) * FEE_BPS / 10_000 - _released * FEE_BPS / 10_000;
        address to = _controller();
        if (!_givesOut(anyone(by), abi.encodeCall(trust.execute, (disbursement)), amount - fee, to)) return;
        _released += amount;
        ++times["tranche executed"];
    }

    /// @dev Two halves of all proceeds, cut at running totals.
    function _amountOf(uint256 disbursement) private view returns (uint256) {
        return disbursement % 256 == 1 ? trustIn / 2 : trustIn - trustIn / 2;
    }

    function _trustPaysFee(uint256 by) private {
        uint256 due = _released * FEE_BPS / 10_000 - _trustFeePaid;
        if (!_givesOut(anyone(by), abi.encodeCall(trust.payFee, ()), due, platform)) return;
        _trustFeePaid += due;
        ++times["trust's fee paid"];
    }

    function _claims(uint256 who, uint256 by) private {
        bytes32 identity = persons[who % PERSONS];
        address to = stakes[TRUSTED][who % PERSONS].wallet;
        uint256 had = balance(address(dollar), to);
        bytes memory call = abi.encodeCall(trust.claim, (identity, address(dollar)));
        if (!does(by % 2 == 0 ? to : anyone(by >> 1), address(trust), call)) return;
        uint256 given = balance(address(dollar), to) - had;
        must[address(dollar)][to] += given;
        trustOut += given;
        ++times["returned by the trust"];
    }

    function _givesOut(address by, bytes memory call, uint256 due, address to) private returns (bool) {
        uint256 had = balance(address(dollar), to);
        if (!does(by, address(trust), call)) return false;
        uint256 given = balance(address(dollar), to) - had;
        if (given != due) revert Astray(to, given, due);
        must[address(dollar)][to] += due;
        trustOut += due;
        return true;
    }

    // ------------------------------------------------------------------------------------------ inside

    function _controller() internal view returns (address) {
        return directory.controllerOf(companyId);
    }

    /// @dev Now and then one who no longer acts for the company, or never did.
    function _issuer(uint256 seed) private view returns (address) {
        return seed % 8 == 0 ? anyone(seed >> 3) : _controller();
    }

    /// @dev A new key, whose wallet must hold what the company is paid from then on.
    function _aKey(uint256 seed) private returns (address next) {
        next = vm.addr(1 + uint256(keccak256(abi.encode("issuer", seed % 3))));
        for (uint256 i = 0; i < _controllers.length; ++i) {
            if (_controllers[i] == next) return next;
        }
        _controllers.push(next);
        everyone.push(next);
    }

    function _lastDeadline(uint256 r) private view returns (uint256 end) {
        end = sales[r].round.progressOf().deadline;
        if (end != 0) return end;
        (RoundTerms memory terms,) = sales[r].round.terms();
        return terms.deadline;
    }
}
