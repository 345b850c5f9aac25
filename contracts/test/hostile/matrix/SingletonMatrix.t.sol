// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestmentLimits} from "../../../src/identity/InvestmentLimits.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {Companies} from "../../../src/ledger/Companies.sol";
import {Directory} from "../../../src/ledger/Directory.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {InstanceAddress, InstanceId} from "../../../src/ledger/InstanceAddress.sol";
import {Platform} from "../../../src/ledger/Platform.sol";
import {BusinessCalendar} from "../../../src/round/BusinessCalendar.sol";
import {RoundTerms} from "../../../src/round/RoundTerms.sol";
import {VoteTerms} from "../../../src/vote/VoteTerms.sol";
import {Ledger} from "../../Ledger.sol";
import {Offerings} from "../../Offerings.sol";
import {Matrix} from "./Matrix.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @notice Who may do what with the contracts that all companies share.
contract SingletonMatrixTest is Offerings, Matrix {
    function setUp() public override(Ledger, Matrix) {
        super.setUp();
        round = openRound(filedTerms());
        _caller("round", address(round));
        _caller("directory", address(directory));
        _caller("recovery contract", address(recovery));
        _instance(address(round));
        _means("$round", address(round));
        InstanceId id = InstanceAddress.idOf(address(directory), directory.listing(address(round)).number);
        _means("$roundId", bytes32(InstanceId.unwrap(id)));
        _means("$subject", identityOf(investor));
        commits(investor, 6000);
        _with(abi.encodeCall(InvestmentLimits.consume, (id, identityOf(other), REG_CF, USD, 10, 10)));
        _with(abi.encodeCall(InvestmentLimits.recount, (id, identityOf(other), REG_CF, USD, 1, 10, 10, 10)));
        _with(abi.encodeCall(Directory.openShareClass, (classTerms(companyId, 1000))));
        _with(abi.encodeCall(Directory.openRound, (filedTerms())));
        _withMoreToOpen();
        _with(abi.encodeCall(BusinessCalendar.addHoliday, (block.timestamp / 1 days + 200, "a new holiday")));
        address another = makeAddr("another wallet");
        bytes32 document = bytes32(uint256(0x11) * (type(uint256).max / 255));
        _with(abi.encodeCall(Recovery.announceWallet, (Recovery.Kind.LostKey, identityOf(investor), another, document)));
        _with(
            abi.encodeCall(
                Recovery.announceHeir, (Recovery.Kind.Inheritance, identityOf(investor), identityOf(other), document)
            )
        );
        bytes memory call = abi.encodeCall(Platform.setFeeRecipient, (another));
        _with(abi.encodeCall(IAccessManager.schedule, (address(directory), call, 0)));
        _with(abi.encodeCall(IAccessManager.execute, (address(directory), call)));
        _with(abi.encodeCall(IAccessManager.cancel, (admin, address(directory), call)));
    }

    /// @dev A trust, a vote by a record date that has come when it opens, and an offering.
    function _withMoreToOpen() private {
        attestTrustees();
        vm.prank(issuer);
        uint16 recordDate = share.declareRecordDate(uint40(block.timestamp + 1));
        VoteTerms memory asked = classVote(address(share), recordDate);
        asked.opensAt = uint40(block.timestamp + 1);
        RoundTerms memory offered = filedTerms();
        offered.shareClass = address(0);
        _with(abi.encodeCall(Directory.openTrust, (uint64(companyId), proceedsDeed())));
        _with(abi.encodeCall(Directory.openVote, (uint64(companyId), asked)));
        _with(abi.encodeCall(Directory.openOffering, (classTerms(companyId, AUTHORISED), offered, proceedsDeed())));
    }

    function test_OnlyWhoMayDoesAnythingWithWhatAllShare() public {
        InvestorRegistry.YearlyLimit[] memory yearly = new InvestorRegistry.YearlyLimit[](0);
        InvestorRegistry.Attestation memory attested =
            attestation(makeAddr("a new person"), Category.Retail, block.timestamp + 100 days);
        _with(abi.encodeCall(InvestorRegistry.attest, (attested, yearly)));
        _with(abi.encodeCall(InvestorRegistry.succeed, (identityOf(investor), makeAddr("another wallet"))));
        _everyoneCalls("InvestorRegistry", address(registry), "Running");
        _everyoneCalls("InvestmentLimits", address(limits), "Running");
        _everyoneCalls("BusinessCalendar", address(calendar), "Running");
        _everyoneCalls("Directory", address(directory), "Running");
        _requireTable("singletons");
    }

    function test_OnlyWhoMayDoesAnythingWithTheAuthority() public {
        _everyoneCalls("LedgerAuthority", address(authority), "Running");
        bytes memory call = abi.encodeCall(Platform.setFeeRecipient, (makeAddr("another wallet")));
        vm.prank(admin);
        authority.schedule(address(directory), call, 0);
        _everyoneCalls("LedgerAuthority", address(authority), "Scheduled");
        itIs(block.timestamp + ADMIN_DELAY);
        _everyoneCalls("LedgerAuthority", address(authority), "Due");
        _adminsOwn();
        _requireTable("authority");
    }

    /// @dev What ADMIN announces about the authority itself; nobody else may, and it may not at once.
    function _adminsOwn() private {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = Platform.allowRules.selector;
        _schedules(abi.encodeCall(IAccessManager.grantRole, (9, outsider, 0)));
        _schedules(abi.encodeCall(IAccessManager.revokeRole, (1, operator)));
        _schedules(abi.encodeCall(IAccessManager.labelRole, (9, "another role")));
        _schedules(abi.encodeCall(IAccessManager.setRoleAdmin, (9, 1)));
        _schedules(abi.encodeCall(IAccessManager.setRoleGuardian, (9, 1)));
        _schedules(abi.encodeCall(IAccessManager.setGrantDelay, (9, 4 days)));
        _schedules(abi.encodeCall(IAccessManager.setTargetAdminDelay, (address(directory), 4 days)));
        _schedules(abi.encodeCall(IAccessManager.setTargetClosed, (address(directory), true)));
        _schedules(abi.encodeCall(IAccessManager.setTargetFunctionRole, (address(directory), selectors, 1)));
        _everyoneCalls("LedgerAuthority", address(authority), "ScheduledOnItself");
        itIs(block.timestamp + ADMIN_DELAY);
        _everyoneCalls("LedgerAuthority", address(authority), "DueOnItself");
    }

    function _schedules(bytes memory call) private {
        vm.prank(admin);
        authority.schedule(address(authority), call, 0);
        _with(call);
    }

    /// @notice From the hand-over of a company to its move to another Directory.
    function test_OnlyWhoMayMovesACompany() public {
        Directory newer = anotherDirectory();
        _caller("newer directory", address(newer));
        _with(abi.encodeCall(Companies.moveCompany, (companyId, address(newer))));
        _with(abi.encodeCall(Companies.adopt, (1, address(share))));
        ICompanies.Kind kind = ICompanies.Kind.ShareClass;
        _with(abi.encodeCall(Companies.adoptFromSuccessor, (companyId, makeAddr("a class"), kind)));
        vm.prank(issuer);
        directory.proposeController(companyId, other);
        _everyoneCalls("Directory", address(directory), "ControllerProposed");
        administers(address(directory), abi.encodeCall(Companies.allowDirectory, (address(newer), true)));
        administers(address(newer), abi.encodeCall(Companies.allowDirectory, (address(directory), true)));
        _everyoneCalls("Directory", address(directory), "MoveAllowed");
        vm.prank(issuer);
        assertEq(directory.moveCompany(companyId, address(newer)), companyId, "the same number there");
        _everyoneCalls("Directory", address(directory), "Moved");
        _everyoneCalls("Directory", address(newer), "MovedHere");
        _requireTable("moving");
    }

    function test_OnlyWhoMayDoesAnythingWithARecovery() public {
        _calls("Quiet");
        _withKey();
        vm.prank(other);
        recovery.nameRecoveryKey(outsider);
        bytes32 document = bytes32(uint256(0x11) * (type(uint256).max / 255));
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, identityOf(investor), makeAddr("another wallet"), document);
        _calls("Announced");
        vm.prank(recoverer);
        recovery.confirm(identityOf(investor), document);
        _calls("Confirmed");
        itIs(block.timestamp + 14 days);
        _calls("Due");
        recovery.execute(identityOf(investor));
        _calls("Executed");
        _requireTable("recovery");
    }

    /// @dev The person named the key before the announcement.
    function _withKey() private {
        uint256 quiet = _mark();
        vm.prank(investor);
        recovery.nameRecoveryKey(outsider);
        itIs(block.timestamp + 1);
        bytes32 document = bytes32(uint256(0x11) * (type(uint256).max / 255));
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, identityOf(investor), makeAddr("another wallet"), document);
        _calls("AnnouncedWithKey");
        _back(quiet);
    }

    function _calls(string memory state) private {
        _everyoneCalls("Recovery", address(recovery), state);
    }
}
