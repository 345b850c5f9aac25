// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Recovery} from "../../src/identity/Recovery.sol";
import {Position} from "../../src/settlement/Conserved.sol";
import {Refusal} from "../../src/share/Refusal.sol";
import {ShareToken} from "../../src/share/ShareToken.sol";
import {TrustBooks} from "../../src/trust/TrustBooks.sol";
import {Beneficiary, Deed, Tranche} from "../../src/trust/TrustDeed.sol";
import {TrustOffices} from "../../src/trust/TrustOffices.sol";
import {TrustRecords} from "../../src/trust/TrustRecords.sol";
import {DisbursementStatus, EndReason} from "../../src/trust/TrustWords.sol";
import {Offerings} from "../Offerings.sol";

/// @title SharesInTrust
/// @notice A trust, opened by the Directory, that holds shares of a class that the Directory opened; three trustees, of
/// whom two decide.
abstract contract SharesInTrust is Offerings {
    uint40 internal constant CHALLENGE = 7 days;

    TrustOffices internal offices;
    TrustBooks internal books;

    // ------------------------------------------------------------------------------------------ deeds

    /// @notice Shares of `share` for one beneficiary, without money and without a plan, for four years at most.
    function shareDeed(address settlor, address beneficiary) internal view returns (Deed memory deed) {
        deed = escrowDeed(beneficiary);
        deed.terms.settlor = settlor;
        deed.terms.settlementToken = address(0);
        deed.terms.shareClass = address(share);
        deed.terms.challengePeriod = CHALLENGE;
        deed.terms.longStop = uint40(block.timestamp + 1461 days);
        deed.terms.vetoEnds = false;
        deed.terms.deedHash = keccak256("deed of a trust of shares");
    }

    function listed(address one, uint64 unitsOfOne, address two, uint64 unitsOfTwo)
        internal
        pure
        returns (Beneficiary[] memory beneficiaries)
    {
        beneficiaries = new Beneficiary[](2);
        beneficiaries[0] = Beneficiary(one, unitsOfOne);
        beneficiaries[1] = Beneficiary(two, unitsOfTwo);
    }

    /// @notice A tranche of shares that the trustees decide on.
    function milestone(address recipient, uint8 follows, uint104 shares) internal pure returns (Tranche memory) {
        return Tranche(recipient, true, true, follows, 0, 0, shares);
    }

    /// @notice A tranche of shares that time alone makes due.
    function vesting(address recipient, uint8 follows, uint256 from, uint104 shares)
        internal
        pure
        returns (Tranche memory)
    {
        return Tranche(recipient, true, false, follows, 0, uint40(from), shares);
    }

    function opens(Deed memory deed) internal {
        trust = openTrust(deed);
        offices = TrustOffices(address(trust));
        books = TrustBooks(address(trust));
    }

    // ------------------------------------------------------------------------------------------ property

    function issues(address to, uint64 shares) internal {
        vm.prank(issuer);
        share.issueByCompany(to, shares, 0);
    }

    /// @notice The company issues shares to the trust, and a trustee makes them part of the fund.
    function issuesInTrust(uint64 shares) internal {
        issues(address(trust), shares);
        vm.prank(trusteeOne);
        trust.takeIn(address(share));
    }

    /// @notice A holder gives shares on the deed's terms.
    function givesInTrust(address holder, uint256 shares) internal {
        vm.startPrank(holder);
        share.approve(address(trust), shares);
        trust.fund(address(share), shares);
        vm.stopPrank();
    }

    function transfers(address from, address to, uint256 shares) internal {
        vm.prank(from);
        share.transfer(to, shares);
    }

    /// @notice Claimed by anyone; what the beneficiary received.
    function claims(address beneficiary, address asset) internal returns (uint256) {
        uint256 before = ShareToken(asset).balanceOf(beneficiary);
        vm.prank(outsider);
        trust.claim(key(beneficiary), asset);
        return ShareToken(asset).balanceOf(beneficiary) - before;
    }

    // ------------------------------------------------------------------------------------------ decisions

    function proposes(address by, uint8 tranche) internal returns (uint256) {
        vm.prank(by);
        return trust.propose(tranche, keccak256("report"));
    }

    function approves(address trustee, uint256 disbursement) internal {
        vm.prank(trustee);
        trust.approve(disbursement);
    }

    function rejects(address trustee, uint256 disbursement) internal {
        vm.prank(trustee);
        trust.reject(disbursement);
    }

    /// @notice Executed by anyone, in the first second in which it may be.
    function executes(uint256 disbursement) internal {
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(uint8(disbursement));
        if (block.timestamp < d.approvedAt + CHALLENGE) itIs(d.approvedAt + CHALLENGE);
        vm.prank(outsider);
        trust.execute(disbursement);
    }

    function backs(address who, bytes32 motion) internal {
        vm.prank(who);
        offices.support(motion, true);
    }

    function terminates(address trustee) internal {
        vm.prank(trustee);
        offices.terminate(true);
    }

    /// @notice The person's key is lost; registrar and second party give them another wallet after fourteen days.
    function recovers(address oldWallet, address newWallet) internal {
        bytes32 report = keccak256("report of a lost key");
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, identityOf(oldWallet), newWallet, report);
        vm.prank(recoverer);
        recovery.confirm(identityOf(oldWallet), report);
        itIs(block.timestamp + recovery.OBJECTION_PERIOD());
        recovery.execute(identityOf(oldWallet));
    }

    // ------------------------------------------------------------------------------------------ figures

    /// @notice The next call is to be refused with this reason.
    function refused(bytes memory reason) internal {
        recorder.capture();
        vm.expectRevert(reason);
    }

    function transferRefused(address from, address to, uint256 shares, Refusal reason)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(ShareToken.TransferRefused.selector, from, to, shares, reason);
    }

    function wrongStatus(uint256 disbursement, DisbursementStatus status_) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(TrustRecords.WrongDisbursementStatus.selector, disbursement, status_);
    }

    function key(address wallet) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(wallet)));
    }

    /// @notice In ascending order.
    function ascending(address[] memory list) internal pure returns (address[] memory) {
        for (uint256 i = 1; i < list.length; ++i) {
            for (uint256 j = i; j > 0 && list[j] < list[j - 1]; --j) {
                (list[j - 1], list[j]) = (list[j], list[j - 1]);
            }
        }
        return list;
    }

    function assertEnded(EndReason expected) internal view {
        (TrustRecords.Fund memory f,) = books.fundOf();
        assertEq(uint256(f.ended), uint256(expected), "why the trust ended");
    }

    /// @notice What the trust holds and owes of its asset at `place`: money before shares.
    function assertPosition(uint256 place, address asset, uint256 held, uint256 owed) internal view {
        Position memory p = trust.conserved()[place];
        assertEq(p.token, asset, "asset");
        assertEq(p.held, held, "held");
        assertEq(p.owed, owed, "owed");
        assertEq(p.surplus, held > owed ? held - owed : 0, "surplus");
    }
}
