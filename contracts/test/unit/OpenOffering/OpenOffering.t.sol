// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {OpenOffering} from "../../../src/round/rules/OpenOffering.sol";
import {PlainRules} from "../../../src/round/rules/PlainRules.sol";
import {Test} from "forge-std/Test.sol";

/// @notice What holds where no regime says anything.
contract OpenOfferingTest is Test {
    OpenOffering private rules;

    function setUp() public {
        rules = OpenOffering(deployCode("OpenOffering.sol"));
    }

    function testFuzz_RevertsWithDeadlineNotAfterOpening(uint256 opensAt, uint256 deadline) public {
        deadline = bound(deadline, 0, opensAt);
        vm.expectRevert(abi.encodeWithSelector(PlainRules.DeadlineNotAfterOpening.selector, opensAt, deadline));
        rules.requireTerms("USD", opensAt, deadline, 1);
    }

    function testFuzz_AllowsAnyOffering(bytes3 currency, uint256 opensAt, uint256 maximum) public view {
        opensAt = bound(opensAt, 0, type(uint256).max - 1);
        rules.requireTerms(currency, opensAt, opensAt + 1, maximum);
        assertEq(rules.regime(), "OPEN");
        assertEq(rules.issuerLimit(), type(uint256).max);
        assertEq(rules.holderCap(), 0);
        assertFalse(rules.countsPersons());
    }

    function testFuzz_AdmitsAnyone(uint8 category, uint256 attested, uint256 amount, bool consent, uint256 time)
        public
        view
    {
        (uint256 limit, uint256 reflectionEnd) =
            rules.admission(Category(bound(category, 0, 6)), attested, amount, consent, time);
        assertEq(limit, type(uint256).max);
        assertEq(reflectionEnd, 0);
    }

    function testFuzz_AnyoneMayLeaveUntilTheDeadline(uint8 category, uint256 committedAt, uint256 deadline)
        public
        view
    {
        assertEq(rules.cancellableUntil(Category(bound(category, 0, 6)), committedAt, deadline), deadline);
    }

    function testFuzz_AnEarlyEndIsAnnounced48HoursAhead(uint40 opensAt, uint256 deadline, uint40 announcedAt)
        public
        view
    {
        uint256 later = opensAt > announcedAt ? opensAt : announcedAt;
        assertEq(rules.earlyCloseAllowedFrom(opensAt, deadline, announcedAt), later + 172_800);
        assertEq(rules.EARLY_CLOSE_NOTICE(), 172_800);
    }

    function testFuzz_ClosesAtTheDeadlineOrTheEarlyEnd(uint256 opensAt, uint256 deadline, uint256 early) public view {
        assertEq(rules.earliestClose(opensAt, deadline, 0), deadline);
        early = bound(early, 1, type(uint256).max);
        assertEq(rules.earliestClose(opensAt, deadline, early), early < deadline ? early : deadline);
    }

    function testFuzz_IsTalliedAfterTheLastReflection(uint256 closedAt, uint256 reflectionEnd) public view {
        assertEq(rules.tallyFrom(closedAt, 0), closedAt);
        assertEq(rules.tallyFrom(closedAt, reflectionEnd), reflectionEnd > closedAt ? reflectionEnd : closedAt);
    }

    function testFuzz_AsksForNoReconfirmation(uint256 amendedAt, uint256 deadline) public view {
        assertEq(rules.reconfirmBy(amendedAt), 0);
        assertEq(rules.deadlineAfter(amendedAt, deadline), deadline);
    }

    function testFuzz_DoesNotLock(uint256 issuedAt) public view {
        assertEq(rules.lockedUntil(issuedAt), issuedAt);
    }
}
