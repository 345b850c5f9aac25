// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../../../src/identity/InvestmentLimits.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice Two admitted rounds, a person and an issuer.
abstract contract LimitsTest is Ledger {
    bytes32 internal constant PERSON = "a person";
    bytes32 internal constant ISSUER = "an issuer";
    address internal offering = makeAddr("a round");
    address internal other = makeAddr("another round");

    function setUp() public virtual override {
        super.setUp();
        vm.startPrank(address(directory));
        limits.admit(offering);
        limits.admit(other);
        vm.stopPrank();
    }

    function today() internal view returns (uint256) {
        return block.timestamp / 1 days;
    }

    function consume(uint256 amount, uint256 limit) internal {
        vm.prank(offering);
        limits.consume(PERSON, REG_CF, USD, amount, limit);
    }

    function release(uint256 day, uint256 amount) internal {
        vm.prank(offering);
        limits.release(PERSON, REG_CF, USD, day, amount);
    }

    function recount(uint256 day, uint256 released, uint256 amount, uint256 limit) internal {
        vm.prank(offering);
        limits.recount(PERSON, REG_CF, USD, day, released, amount, limit);
    }

    function counted() internal view returns (uint256) {
        return limits.used(PERSON, REG_CF, USD);
    }

    function expectTooMuch(uint256 limit, uint256 before, uint256 amount) internal {
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.YearlyLimitExceeded.selector, limit, before, amount));
    }

    function expectNotARound(address caller) internal {
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.NotAnAdmittedRound.selector, caller));
    }
}
