// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CustodyTrust} from "../../../src/trust/CustodyTrust.sol";
import {IProceedsRound} from "../../../src/trust/IProceedsRound.sol";
import {Deed} from "../../../src/trust/TrustDeed.sol";
import {TrustOffices} from "../../../src/trust/TrustOffices.sol";
import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {DisbursementStatus, EndReason} from "../../../src/trust/TrustWords.sol";
import {TrusteeSeats} from "../../../src/trust/TrusteeSeats.sol";
import {IHolderVote} from "../../../src/vote/IHolderVote.sol";
import {FakeVote} from "../../unit/CustodyTrust/stage/Fakes.sol";
import {TrustStage} from "../../unit/CustodyTrust/stage/TrustStage.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title TrustPlay
/// @notice A trust and everyone who can touch it, set free. What they attempt succeeds, and then the history folds to its
/// head; or it reverts as a whole.
contract TrustPlay is TrustStage {
    bool public immutable LISTED;
    uint256 public moneyIn;
    uint256 public sharesIn;
    uint256 public moneyTakenIn;
    bytes32 public opened;
    FakeVote private _vote;
    /// @notice How often each refusal came about, by the selector of its error.
    mapping(bytes32 what => uint256) public times;

    error Succeeded(address by, address target, bytes call);

    constructor(bool listed, bool revocable, bool vetoEnds) {
        LISTED = listed;
        TrustStage.setUp();
        Deed memory deed = listed ? listedDeed() : proceedsDeed();
        deed.terms.trusteeFeeBps = 500;
        deed.terms.revocable = revocable;
        deed.terms.vetoEnds = vetoEnds;
        deed.successors = one(t4);
        if (listed) {
            openListedTrust(deed);
            moneyIn = 10_000 * DOLLAR;
            sharesIn = 1000;
        } else {
            openTrust(deed);
            bindRound();
            round.allot(idOf(x), x, 66_648, true);
            round.allot(idOf(y), y, 39_989, true);
            round.allot(idOf(z), z, 26_660, false);
            round.become(IProceedsRound.Status.Settling);
        }
        opened = keccak256(address(trust).code);
        recorder.capture();
    }

    function theTrust() external view returns (CustodyTrust) {
        return trust;
    }

    // ------------------------------------------------------------------------------------------ acts

    function settle(uint256 amount, uint256 how) external {
        if (LISTED) return;
        if (how % 16 == 0 && moneyIn == 0) {
            round.become(IProceedsRound.Status.Failed);
        } else if (round.status() != IProceedsRound.Status.Failed) {
            round.become(IProceedsRound.Status.Settled);
            amount = bound(amount, 1, 1e12);
            dollar.mint(address(round), amount);
            moneyIn += amount;
            round.payPart(amount);
            recorder.capture();
        }
    }

    function propose(uint256 who, uint256 tranche) external {
        _attempt(_anyone(who), address(trust), abi.encodeCall(trust.propose, (uint8(bound(tranche, 0, 5)), "")));
    }

    /// @dev A milestone goes all its way, unless somebody else comes between.
    function decide(uint256 who, uint256 tranche, bool approval) external {
        uint256 disbursement = _last(tranche);
        bytes memory call =
            approval ? abi.encodeCall(trust.approve, (disbursement)) : abi.encodeCall(trust.reject, (disbursement));
        _attempt(_trustee(who), address(trust), call);
    }

    function execute(uint256 who, uint256 tranche, bool waits) external {
        if (waits) _later(CHALLENGE);
        _attempt(_anyone(who), address(trust), abi.encodeCall(trust.execute, (_last(tranche))));
    }

    function objectTo(uint256 kind, uint256 tranche, uint256 outcome) external {
        uint256 disbursement = _last(tranche);
        kind %= 4;
        if (kind == 0) {
            _attempt(protector, address(trust), abi.encodeCall(offices.veto, (disbursement)));
        } else if (kind == 1) {
            FakeVote vote = new FakeVote();
            bytes memory call = abi.encodeCall(directory.suspend, (address(trust), disbursement, address(vote)));
            if (_attempt(outsider, address(directory), call)) _vote = vote;
        } else if (kind == 2) {
            if (address(_vote) != address(0)) _vote.decide(IHolderVote.Outcome(outcome % 3));
            _attempt(outsider, address(trust), abi.encodeCall(offices.concludeVote, (disbursement)));
        } else {
            _backs(x, books.vetoMotion(disbursement));
            _backs(y, books.vetoMotion(disbursement));
            bytes memory call = abi.encodeCall(offices.vetoByBeneficiaries, (disbursement, both(x, y)));
            _attempt(outsider, address(trust), call);
        }
    }

    function changeTrustees(uint256 kind, uint256 who) external {
        address trustee = _trustee(who);
        kind %= 7;
        if (kind == 0) {
            _attempt(trustee, address(trust), abi.encodeCall(offices.resign, ()));
        } else if (kind == 1) {
            _removes(trustee);
        } else if (kind == 2) {
            _attempt(t4, address(trust), abi.encodeCall(offices.takeOffice, (address(0), nobody())));
        } else if (kind == 3) {
            _attempt(t4, address(trust), abi.encodeCall(offices.takeOffice, (trustee, nobody())));
        } else if (kind == 4) {
            _removesByOrder(trustee);
        } else if (kind == 5) {
            _attempt(outsider, address(trust), abi.encodeCall(offices.unseat, (trustee)));
        } else {
            _attempt(trustee, address(trust), abi.encodeCall(offices.attestStatement, (uint40(block.timestamp), "")));
        }
    }

    function moveMoney(uint256 kind, uint256 who, uint256 amount) external {
        amount = bound(amount, 1, 1e9);
        kind %= 5;
        if (kind == 0) {
            dollar.mint(address(trust), amount);
            moneyIn += amount;
        } else if (kind == 1) {
            uint256 surplus = trust.conserved()[0].surplus;
            if (_attempt(_trustee(who), address(trust), abi.encodeCall(trust.takeIn, (address(dollar))))) {
                moneyTakenIn += surplus;
            }
        } else if (kind == 2) {
            _attempt(_anyone(who), address(trust), abi.encodeCall(trust.payFee, ()));
        } else if (kind == 3) {
            _attempt(_anyone(who), address(trust), abi.encodeCall(trust.payTrusteeFee, (_trustee(amount))));
        } else if (LISTED) {
            _gives(amount);
        }
    }

    function assign(uint256 from, uint256 to, uint256 units) external {
        bytes memory call = abi.encodeCall(offices.assign, (_beneficiary(to), uint64(bound(units, 0, 100))));
        _attempt(_beneficiary(from), address(trust), call);
    }

    function end(uint256 kind, uint256 who) external {
        kind %= 12;
        if (kind < 6) _attempt(_trustee(who), address(trust), abi.encodeCall(offices.terminate, (kind % 3 != 0)));
        else if (kind < 9) _attempt(outsider, address(trust), abi.encodeCall(offices.end, ()));
        else if (kind == 9) _attempt(issuer, address(trust), abi.encodeCall(offices.revoke, ()));
        else _endsByAll();
    }

    function claim(uint256 who, bool shares) external {
        address person = _beneficiary(who);
        address asset = shares ? address(class) : address(dollar);
        bool settlor = who % 5 == 0;
        bytes32 entitled = settlor ? key(issuer) : LISTED ? key(person) : idOf(person);
        _attempt(_anyone(who >> 8), address(trust), abi.encodeCall(trust.claim, (entitled, asset)));
    }

    function wait(uint256 time) external {
        uint256 kind = time % 16;
        if (kind == 0 && block.timestamp < LONG_STOP) _later(LONG_STOP - block.timestamp);
        else if (kind == 1) _later(VACANCY);
        else if (kind < 5) _later(365 days);
        else _later(bound(time, 1, 20 days));
    }

    /// @dev Everyone reaches for what is not theirs. None may succeed.
    function intrude(uint256 kind, uint256 who, uint256 amount) external {
        address by = _stranger(who);
        amount = bound(amount, 1, type(uint104).max);
        address target = address(trust);
        bytes[10] memory calls = [
            abi.encodeCall(trust.approve, (_last(amount))),
            abi.encodeCall(trust.reject, (_last(amount))),
            abi.encodeCall(trust.receiveProceeds, (amount)),
            abi.encodeCall(offices.terminate, (true)),
            abi.encodeCall(offices.bindRound, (by)),
            abi.encodeCall(offices.bindVote, (books.removalMotion(t1), by)),
            abi.encodeCall(offices.suspend, (_last(amount), by)),
            abi.encodeCall(trust.open, ()),
            abi.encodeCall(offices.executeRemoval, (t1)),
            abi.encodeCall(offices.attestStatement, (uint40(block.timestamp), ""))
        ];
        if (_attempt(by, target, calls[kind % 10])) revert Succeeded(by, target, calls[kind % 10]);
        bytes memory taking = abi.encodeCall(IERC20.transferFrom, (target, by, amount));
        if (_attempt(by, address(dollar), taking)) revert Succeeded(by, address(dollar), taking);
    }

    /// @dev What is refused whatever the state; some of it before anything else is asked.
    function err(uint256 kind, uint256 who) external {
        address[] memory unordered = new address[](2);
        (unordered[0], unordered[1]) = x < y ? (y, x) : (x, y);
        address target = address(trust);
        kind %= 7;
        if (kind == 0) {
            _fails(_stranger(uint256(uint64(who)) * 6 + 3), target, abi.encodeCall(offices.veto, (_last(who))));
        } else if (kind == 1) {
            _fails(outsider, target, abi.encodeCall(offices.revoke, ()));
        } else if (kind == 2) {
            _fails(outsider, target, abi.encodeCall(offices.vetoByBeneficiaries, (_last(who), unordered)));
        } else if (kind == 3) {
            _fails(outsider, target, abi.encodeCall(offices.moveInterest, (_beneficiary(who))));
        } else if (kind == 4) {
            _fails(recoverer, target, abi.encodeCall(TrusteeSeats.executeRemoval, (_trustee(who))));
        } else if (kind == 5) {
            _fails(issuer, target, abi.encodeCall(offices.takeOffice, (address(0), nobody())));
        } else {
            _fails(outsider, address(directory), abi.encodeCall(directory.bindRound, (target, address(round))));
        }
    }

    // ------------------------------------------------------------------------------------------ inside

    function _fails(address by, address target, bytes memory call) private {
        if (_attempt(by, target, call)) revert Succeeded(by, target, call);
    }

    function _attempt(address by, address target, bytes memory call) private returns (bool done) {
        bytes memory answer;
        recorder.capture();
        vm.prank(by);
        // A refusal is an outcome here, whatever its reason.
        // solhint-disable-next-line avoid-low-level-calls
        (done, answer) = target.call(call);
        if (!done) {
            recorder.forget();
            ++times[bytes4(answer)];
            return false;
        }
        recorder.capture();
        recorder.requireSame(address(trust));
    }

    function _later(uint256 time) private {
        recorder.capture();
        vm.warp(block.timestamp + time);
        vm.roll(block.number + 1);
    }

    function _last(uint256 tranche) private view returns (uint256 disbursement) {
        (disbursement,) = books.disbursementOf(1 + tranche % (LISTED ? 4 : 3));
    }

    function _backs(address by, bytes32 motion) private {
        _attempt(by, address(trust), abi.encodeCall(offices.support, (motion, true)));
    }

    function _removes(address trustee) private {
        bytes32 motion = books.removalMotion(trustee);
        if (LISTED) {
            _backs(x, motion);
            _backs(z, motion);
        } else {
            FakeVote vote = new FakeVote();
            vote.decide(IHolderVote.Outcome.Passed);
            bytes memory binding = abi.encodeCall(directory.bindVote, (address(trust), motion, address(vote)));
            _attempt(outsider, address(directory), binding);
        }
        _attempt(outsider, address(trust), abi.encodeCall(offices.removeTrustee, (trustee, both(x, z))));
    }

    function _removesByOrder(address trustee) private {
        _attempt(registrar, address(trust), abi.encodeCall(TrusteeSeats.announceRemoval, (trustee, "order")));
        _later(7 days);
        _attempt(recoverer, address(trust), abi.encodeCall(TrusteeSeats.executeRemoval, (trustee)));
    }

    function _gives(uint256 amount) private {
        dollar.mint(issuer, amount);
        vm.prank(issuer);
        dollar.approve(address(trust), amount);
        if (_attempt(issuer, address(trust), abi.encodeCall(trust.fund, (address(dollar), amount)))) moneyIn += amount;
        else dollar.wipe(issuer, amount);
    }

    function _endsByAll() private {
        address[] memory all = new address[](3);
        (all[0], all[1], all[2]) = (x, y, z);
        for (uint256 i = 0; i < 3; ++i) {
            for (uint256 j = i + 1; j < 3; ++j) {
                if (all[j] < all[i]) (all[i], all[j]) = (all[j], all[i]);
            }
            _backs(all[i], books.endMotion());
        }
        _backs(x, books.endMotion());
        _backs(y, books.endMotion());
        _backs(z, books.endMotion());
        _backs(issuer, books.endMotion());
        _attempt(outsider, address(trust), abi.encodeCall(TrustOffices.endByBeneficiaries, (all)));
    }

    function _anyone(uint256 who) private view returns (address) {
        address[8] memory all = [t1, t2, t3, t4, issuer, worker, outsider, x];
        return all[who % 8];
    }

    function _trustee(uint256 who) private view returns (address) {
        address[4] memory all = [t1, t2, t3, t4];
        return all[who % 4];
    }

    function _beneficiary(uint256 who) private view returns (address) {
        address[3] memory all = [x, y, z];
        return all[who % 3];
    }

    function _stranger(uint256 who) private view returns (address) {
        address[6] memory all = [issuer, protector, platform, outsider, registrar, worker];
        return all[who % 6];
    }

    // ------------------------------------------------------------------------------------------ facts

    function paidToTrustees() external view returns (uint256) {
        return dollar.balanceOf(t1) + dollar.balanceOf(t2) + dollar.balanceOf(t3) + dollar.balanceOf(t4);
    }

    function paidToBeneficiaries() external view returns (uint256) {
        return dollar.balanceOf(x) + dollar.balanceOf(y) + dollar.balanceOf(z);
    }

    function paidToRecipients() external view returns (uint256) {
        return dollar.balanceOf(issuer) + dollar.balanceOf(worker);
    }

    function paidToPlatform() external view returns (uint256) {
        return dollar.balanceOf(platform);
    }

    function paidToOthers() external view returns (uint256) {
        return dollar.balanceOf(outsider) + dollar.balanceOf(protector) + dollar.balanceOf(registrar)
            + dollar.balanceOf(recoverer);
    }

    function sharesOut() external view returns (uint256) {
        return class.balanceOf(issuer) + class.balanceOf(worker) + class.balanceOf(x) + class.balanceOf(y)
            + class.balanceOf(z);
    }

    function executedAmounts() external view returns (uint256 money, uint256 shares) {
        for (uint256 number = 1; number <= (LISTED ? 4 : 3); ++number) {
            if (statusOf(number) != DisbursementStatus.Executed) continue;
            (, TrustRecords.Disbursement memory d) = books.disbursementOf(number);
            if (LISTED && number < 3) shares += d.amount;
            else money += d.amount;
        }
    }

    function roundFailed() external view returns (bool) {
        return !LISTED && round.status() == IProceedsRound.Status.Failed;
    }

    function whyEnded() external view returns (EndReason) {
        return ended();
    }

    function statusOfTranche(uint256 number) external view returns (DisbursementStatus) {
        return statusOf(number);
    }
}
