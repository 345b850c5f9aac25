// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../../../src/identity/InvestmentLimits.sol";
import {InstanceAddress, InstanceId} from "../../../src/ledger/InstanceAddress.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice Two admitted rounds, a person and an issuer.
abstract contract LimitsTest is Ledger {
    bytes32 internal constant PERSON = "a person";
    bytes32 internal constant ISSUER = "an issuer";
    uint48 internal constant NUMBER = 126;
    uint48 internal constant OTHER = 127;
    address internal offering;
    address internal other;

    function setUp() public virtual override {
        super.setUp();
        offering = idOf(NUMBER).addressOf();
        other = idOf(OTHER).addressOf();
        admit(NUMBER);
        admit(OTHER);
    }

    function idOf(uint48 number) internal view returns (InstanceId) {
        return InstanceAddress.idOf(address(directory), number);
    }

    /// @dev Under no limit of the issuer.
    function admit(uint48 number) internal {
        vm.prank(address(directory));
        limits.admit(number, 0, 0, 0, 0, type(uint256).max);
    }

    function today() internal view returns (uint256) {
        return block.timestamp / 1 days;
    }

    function consume(uint256 amount, uint256 limit) internal {
        vm.prank(offering);
        limits.consume(idOf(NUMBER), PERSON, REG_CF, USD, amount, limit);
    }

    function release(uint256 day, uint256 amount) internal {
        vm.prank(offering);
        limits.release(idOf(NUMBER), PERSON, REG_CF, USD, day, amount);
    }

    function recount(uint256 day, uint256 released, uint256 amount, uint256 limit) internal {
        vm.prank(offering);
        limits.recount(idOf(NUMBER), PERSON, REG_CF, USD, day, released, amount, limit);
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
