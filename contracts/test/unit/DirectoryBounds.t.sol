// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Directory} from "../../src/ledger/Directory.sol";
import {RoundTerms} from "../../src/round/RoundTerms.sol";
import {Ledger} from "../Ledger.sol";

contract DirectoryBoundsTest is Ledger {
    function test_AClassIsAuthorisedForWhatASigned64BitNumberHolds() public {
        uint64 most = directory.MOST_AUTHORISED();
        assertEq(openClass(companyId, issuer, most).terms().authorised, most);

        vm.expectRevert(abi.encodeWithSelector(Directory.AuthorisedOutOfRange.selector, uint256(most) + 1, most));
        openClass(companyId, issuer, most + 1);
        vm.expectRevert(abi.encodeWithSelector(Directory.AuthorisedOutOfRange.selector, 0, most));
        openClass(companyId, issuer, 0);
    }

    function test_ARoundEndsWithinTenYears() public {
        uint40 latest = uint40(block.timestamp + directory.LONGEST_ROUND());
        RoundTerms memory terms = filedTerms();
        terms.deadline = latest;
        openRound(terms);

        terms.deadline = latest + 1;
        vm.expectRevert(abi.encodeWithSelector(Directory.DeadlineTooLate.selector, latest + 1, latest));
        openRound(terms);
    }
}
