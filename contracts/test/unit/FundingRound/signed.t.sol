// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {FundingRound} from "../../../src/round/FundingRound.sol";
import {RoundEvents} from "../../../src/round/RoundEvents.sol";
import {RoundTerms} from "../../../src/round/RoundTerms.sol";
import {DemoDollar} from "../../../src/settlement/DemoDollar.sol";
import {WalletDollar} from "../../hostile/tokens/WalletDollar.sol";
import {RoundTest} from "./RoundTest.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A wallet that is a contract: one key signs for it.
contract SmartWallet is IERC1271 {
    address private immutable OWNER;

    constructor(address owner) {
        OWNER = owner;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        (address signer,,) = ECDSA.tryRecover(hash, signature[1:]);
        return signer == OWNER ? IERC1271.isValidSignature.selector : bytes4(0);
    }

    function act(address target, bytes calldata call) external {
        // The target's own error is what the test expects.
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, bytes memory answer) = target.call(call);
        require(done, string(answer));
    }
}

/// @notice A token that keeps one dollar of each transfer.
contract TollDollar is WalletDollar {
    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from != address(0) && to != address(0)) super._update(to, address(0), 1e6);
    }
}

contract SignedCommitmentTest is RoundTest {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    uint256 private constant BEFORE = DEADLINE;

    address private dora;
    uint256 private doraKey;

    function setUp() public override {
        super.setUp();
        (dora, doraKey) = makeAddrAndKey("dora");
        attest(dora, Category.Retail, 100_000, block.timestamp + 3650 days);
        dollar.mint(dora, 1000 * DOLLAR);
    }

    // ------------------------------------------------------------------------------------------ permit

    function test_CommitsWithoutAnAllowanceBeforehand() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(100);
        vm.expectEmit(address(round));
        emit RoundEvents.Committed(identityOf(dora), dora, 100, 200 * DOLLAR, 100, 1, true);
        vm.prank(dora);
        round.commitWithPermit(100, 1, true, BEFORE, v, r, s);
        assertEq(escrowed(), 200 * DOLLAR);
        assertEq(dollar.allowance(dora, address(round)), 0);
    }

    function test_DoesNotMindAPermitThatSomeoneElseHasUsed() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(100);
        vm.prank(outsider);
        dollar.permit(dora, address(round), 200 * DOLLAR, BEFORE, v, r, s);
        vm.prank(dora);
        round.commitWithPermit(100, 1, false, BEFORE, v, r, s);
        assertEq(commitment(dora).shares, 100);
    }

    function test_TakesNothingOnThePermitOfAnother() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(100);
        vm.expectRevert(_insufficientAllowance(0));
        vm.prank(alice);
        round.commitWithPermit(100, 1, false, BEFORE, v, r, s);
        assertEq(dollar.balanceOf(dora), 1000 * DOLLAR);
    }

    function test_RefusesAForgedPermitWithoutAnAllowance() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(99);
        vm.expectRevert(_insufficientAllowance(0));
        vm.prank(dora);
        round.commitWithPermit(100, 1, false, BEFORE, v, r, s);
    }

    // ------------------------------------------------------------------------------------------ authorization

    function test_CommitsForTheWalletByAnyone() public {
        bytes memory signature = _authorize(100, 1, true, 0, BEFORE);
        vm.expectEmit(address(round));
        emit RoundEvents.Committed(identityOf(dora), dora, 100, 200 * DOLLAR, 100, 1, true);
        vm.prank(outsider);
        round.commitWithAuthorization(dora, 100, 1, true, 0, BEFORE, signature);
        assertEq(commitment(dora).wallet, dora);
        assertEq(escrowed(), 200 * DOLLAR);
        assertEq(used(dora), 200e6);
    }

    function test_BindsChainAndRoundAndWalletAndSharesAndVersionAndConsent() public {
        bytes32 nonce = round.authorizationNonce(dora, 100, 1, true);
        assertEq(nonce, keccak256(abi.encode(block.chainid, address(round), dora, uint64(100), uint16(1), true)));
        assertNotEq(nonce, round.authorizationNonce(alice, 100, 1, true));
        assertNotEq(nonce, round.authorizationNonce(dora, 101, 1, true));
        assertNotEq(nonce, round.authorizationNonce(dora, 100, 2, true));
        assertNotEq(nonce, round.authorizationNonce(dora, 100, 1, false));
        FundingRound other = openRound(filedTerms());
        assertNotEq(nonce, other.authorizationNonce(dora, 100, 1, true));
        vm.chainId(31_338);
        assertNotEq(nonce, round.authorizationNonce(dora, 100, 1, true));
    }

    function test_RefusesWhatWasNotSigned() public {
        bytes memory signature = _authorize(100, 1, false, 0, BEFORE);
        vm.startPrank(outsider);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        round.commitWithAuthorization(dora, 101, 1, false, 0, BEFORE, signature);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        round.commitWithAuthorization(dora, 100, 1, true, 0, BEFORE, signature);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        round.commitWithAuthorization(alice, 100, 1, false, 0, BEFORE, signature);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NotEligible.selector, outsider));
        round.commitWithAuthorization(outsider, 100, 1, false, 0, BEFORE, signature);
        vm.stopPrank();
        amends(DEADLINE, false);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TermsVersionDiffers.selector, 1, 2));
        round.commitWithAuthorization(dora, 100, 1, false, 0, BEFORE, signature);
        assertEq(dollar.balanceOf(dora), 1000 * DOLLAR);
    }

    function test_RefusesAnAuthorizationOutsideItsTime() public {
        uint256 start = block.timestamp + 1 days;
        bytes memory signature = _authorize(100, 1, false, start, start + 1 days);
        requireHistories();
        vm.expectPartialRevert(ERC3009.ERC3009InvalidAuthorizationTime.selector);
        round.commitWithAuthorization(dora, 100, 1, false, start, start + 1 days, signature);
        recorder.forget();
        itIs(start + 1 days);
        vm.expectPartialRevert(ERC3009.ERC3009InvalidAuthorizationTime.selector);
        round.commitWithAuthorization(dora, 100, 1, false, start, start + 1 days, signature);
    }

    function test_TakesACommitmentOnce() public {
        bytes memory signature = _authorize(100, 1, false, 0, BEFORE);
        round.commitWithAuthorization(dora, 100, 1, false, 0, BEFORE, signature);
        cancels(dora);
        bytes32 nonce = round.authorizationNonce(dora, 100, 1, false);
        vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009UsedAuthorization.selector, dora, nonce));
        round.commitWithAuthorization(dora, 100, 1, false, 0, BEFORE, signature);
        assertEq(dollar.balanceOf(dora), 1000 * DOLLAR);
    }

    function test_TakesNoMoneyWhenSomeoneElseBringsTheAuthorizationFirst() public {
        bytes memory signature = _authorize(100, 1, false, 0, BEFORE);
        vm.prank(outsider);
        round.commitWithAuthorization(dora, 100, 1, false, 0, BEFORE, signature);
        vm.expectPartialRevert(ERC3009.ERC3009UsedAuthorization.selector);
        vm.prank(dora);
        round.commitWithAuthorization(dora, 100, 1, false, 0, BEFORE, signature);
        assertEq(commitment(dora).shares, 100, "what she asked for");
        assertEq(dollar.balanceOf(dora), 800 * DOLLAR);
    }

    function test_TakesNoMoreAsCommittedThanArrives() public {
        address wallet = address(_smartWallet());
        bytes memory signature = bytes.concat(hex"01", _authorizeByBytes(new TollDollar(), wallet, doraKey));
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.WrongAmountReceived.selector, 199 * DOLLAR, 200 * DOLLAR));
        round.commitWithAuthorization(wallet, 100, 1, false, 0, BEFORE, signature);
        assertEq(dollar.balanceOf(wallet), 200 * DOLLAR);
    }

    /// @dev What is signed is "receive": nobody can have the token send the money without the commitment.
    function test_CannotBeUsedToSendTheMoneyPastTheRound() public {
        bytes memory signature = _authorize(100, 1, false, 0, BEFORE);
        (uint8 v, bytes32 r, bytes32 s) = _split(signature);
        bytes32 nonce = round.authorizationNonce(dora, 100, 1, false);
        vm.startPrank(outsider);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        dollar.transferWithAuthorization(dora, address(round), 200 * DOLLAR, 0, BEFORE, nonce, v, r, s);
        vm.expectPartialRevert(bytes4(keccak256("ERC20InvalidReceiver(address)")));
        dollar.receiveWithAuthorization(dora, address(round), 200 * DOLLAR, 0, BEFORE, nonce, v, r, s);
        round.commitWithAuthorization(dora, 100, 1, false, 0, BEFORE, signature);
    }

    // ------------------------------------------------------------------------------------------ contract wallets

    function test_CommitsWithAnAllowanceLikeAnyOther() public {
        SmartWallet wallet = _smartWallet();
        dollar.mint(address(wallet), cost(100));
        wallet.act(address(dollar), abi.encodeCall(dollar.approve, (address(round), cost(100))));
        wallet.act(address(round), abi.encodeCall(round.commit, (100, 1, false)));
        assertEq(commitment(address(wallet)).shares, 100);
    }

    function test_CommitsWithItsOwnSignatureWhereTheTokenTakesIt() public {
        SmartWallet wallet = _smartWallet();
        bytes memory signature = _authorizeByBytes(address(wallet), doraKey);
        round.commitWithAuthorization(address(wallet), 100, 1, false, 0, BEFORE, bytes.concat(hex"01", signature));
        assertEq(commitment(address(wallet)).shares, 100);
        assertEq(escrowed(), 200 * DOLLAR);
    }

    function test_TakesLongSignaturesOfOrdinaryWalletsWhereTheTokenDoes() public {
        bytes memory signature = _authorizeByBytes(dora, doraKey);
        vm.expectRevert();
        round.commitWithAuthorization(dora, 100, 1, false, 0, BEFORE, signature);
        vm.expectRevert(WalletDollar.SignatureRefused.selector);
        round.commitWithAuthorization(dora, 100, 1, false, 0, BEFORE, bytes.concat(signature, hex"00"));
    }

    function test_RefusesASignatureThatTheWalletDoesNotOwn() public {
        SmartWallet wallet = _smartWallet();
        (, uint256 thief) = makeAddrAndKey("thief");
        bytes memory signature = _authorizeByBytes(address(wallet), thief);
        vm.expectRevert(WalletDollar.SignatureRefused.selector);
        round.commitWithAuthorization(address(wallet), 100, 1, false, 0, BEFORE, bytes.concat(hex"01", signature));
    }

    // ------------------------------------------------------------------------------------------ inside

    function _smartWallet() private returns (SmartWallet wallet) {
        wallet = new SmartWallet(dora);
        attest(address(wallet), Category.Retail, 100_000, block.timestamp + 3650 days);
    }

    function _permit(uint256 shares) private view returns (uint8, bytes32, bytes32) {
        bytes32 hash =
            keccak256(abi.encode(PERMIT, dora, address(round), shares * 2 * DOLLAR, dollar.nonces(dora), BEFORE));
        return vm.sign(doraKey, keccak256(abi.encodePacked(hex"1901", dollar.DOMAIN_SEPARATOR(), hash)));
    }

    function _authorize(uint64 shares, uint16 version, bool consent, uint256 validAfter, uint256 validBefore)
        private
        view
        returns (bytes memory)
    {
        bytes32 nonce = round.authorizationNonce(dora, shares, version, consent);
        bytes32 hash =
            keccak256(abi.encode(RECEIVE, dora, address(round), shares * 2 * DOLLAR, validAfter, validBefore, nonce));
        return _sign(doraKey, keccak256(abi.encodePacked(hex"1901", dollar.DOMAIN_SEPARATOR(), hash)));
    }

    /// @dev Holds a round in a token that takes signatures of any length, and signs for 100 shares.
    function _authorizeByBytes(address wallet, uint256 key) private returns (bytes memory) {
        return _authorizeByBytes(new WalletDollar(), wallet, key);
    }

    function _authorizeByBytes(WalletDollar token, address wallet, uint256 key) private returns (bytes memory) {
        vm.prank(operator);
        directory.listSettlementToken(address(token), USD);
        RoundTerms memory terms = filedTerms();
        terms.settlementToken = address(token);
        round = openRound(terms);
        dollar = DemoDollar(address(token));
        token.mint(wallet, 200 * DOLLAR);
        bytes32 nonce = round.authorizationNonce(wallet, 100, 1, false);
        return _sign(key, token.digest(wallet, address(round), 200 * DOLLAR, 0, BEFORE, nonce));
    }

    function _sign(uint256 key, bytes32 hash) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
        return abi.encodePacked(r, s, v);
    }

    function _split(bytes memory signature) private pure returns (uint8 v, bytes32 r, bytes32 s) {
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
            v := byte(0, mload(add(signature, 0x60)))
        }
    }

    function _insufficientAllowance(uint256 allowed) private view returns (bytes memory) {
        return abi.encodeWithSignature(
            "ERC20InsufficientAllowance(address,uint256,uint256)", address(round), allowed, 200 * DOLLAR
        );
    }
}
