// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../../src/ledger/Companies.sol";
import {Directory} from "../../../src/ledger/Directory.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice Two Directories that companies move between.
abstract contract Moving is Ledger {
    Directory internal newer;

    function setUp() public virtual override {
        super.setUp();
        newer = anotherDirectory();
        allows(directory, newer);
        allows(newer, directory);
        vm.prank(operator);
        newer.registerCompany(outsider, 0, "Another Inc", "Ohio 1");
    }

    /// @notice ADMIN lets companies of `to` be moved to it from `from`, and back.
    function allows(Directory from, Directory to) internal {
        administers(address(from), abi.encodeCall(Companies.allowDirectory, (address(to), true)));
    }

    function moves(Directory from, uint256 company, Directory to) internal returns (uint256 successorId) {
        vm.prank(issuer);
        return from.moveCompany(company, address(to));
    }

    function keeper(uint256 company) internal view returns (address kept, uint256 number) {
        return directory.successorOf(company);
    }

    function assertKind(Directory where, address instance, ICompanies.Kind kind) internal view {
        assertEq(uint256(where.kindOf(instance)), uint256(kind), "kind");
        assertEq(where.listed(instance), kind != ICompanies.Kind.None, "listed");
    }
}
