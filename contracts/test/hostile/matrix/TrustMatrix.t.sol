// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CustodyTrust} from "../../../src/trust/CustodyTrust.sol";
import {TrustBooks} from "../../../src/trust/TrustBooks.sol";
import {Beneficiary, Deed, Tranche} from "../../../src/trust/TrustDeed.sol";
import {TrustOffices} from "../../../src/trust/TrustOffices.sol";
import {Matrix} from "./Matrix.sol";

/// @notice Who may do what with a trust that its settlor funds: two of three trustees, a protector, two beneficiaries.
contract TrustMatrixTest is Matrix {
    CustodyTrust private _trust;
    TrustOffices private _offices;
    address private _trustee = makeAddr("trustee");
    address private _second = makeAddr("second trustee");
    address private _third = makeAddr("third trustee");
    address private _successor = makeAddr("successor");
    address private _protector = makeAddr("protector");
    address private _settlor = makeAddr("settlor");

    function setUp() public override {
        super.setUp();
        _caller("directory", address(directory));
        _caller("settlor", _settlor);
        _caller("protector", _protector);
        _caller("trustee", _trustee);
        _caller("second trustee", _second);
        _caller("successor", _successor);
        vm.prank(issuer);
        _trust = CustodyTrust(payable(directory.openTrust(uint64(companyId), _deed())));
        _offices = TrustOffices(address(_trust));
        _instance(address(_trust));
        _payee(_settlor);
        _payee(_trustee);
        _payee(_second);
        _means("$trust", address(_trust));
        _means("$identity", bytes32(uint256(uint160(investor))));
        _means("$trustee", _trustee);
        dollar.mint(_settlor, 10_000 * DOLLAR);
        vm.prank(_settlor);
        dollar.approve(address(_trust), type(uint256).max);
    }

    function test_OnlyWhoMayDoesAnythingWithATrust() public {
        _calls("Empty");
        vm.prank(_settlor);
        _trust.fund(address(dollar), 5000 * DOLLAR);
        dollar.mint(address(_trust), 10 * DOLLAR);
        _calls("Funded");
        vm.prank(_trustee);
        uint256 disbursement = _trust.propose(1, "evidence");
        _with(abi.encodeCall(CustodyTrust.approve, (disbursement)));
        _with(abi.encodeCall(CustodyTrust.reject, (disbursement)));
        _with(abi.encodeCall(CustodyTrust.execute, (disbursement)));
        _with(abi.encodeCall(TrustOffices.veto, (disbursement)));
        _calls("Proposed");
        vm.prank(_second);
        _trust.approve(disbursement);
        _calls("Approved");
        itIs(block.timestamp + 3 days);
        _calls("Due");
        _trust.execute(disbursement);
        _calls("Executed");
        itIs(block.timestamp + 400 days);
        _calls("AfterLongStop");
        _offices.end();
        _calls("Ended");
        _requireTable("trust");
    }

    /// @notice Who may do what once persons and motions changed, each on its own.
    function test_OnlyWhoMayDecidesWhoServesAndWhenItEnds() public {
        uint40 firstDay = uint40(block.timestamp + 1 days);
        itIs(firstDay + 1 days);
        vm.prank(_settlor);
        _trust.fund(address(dollar), 5000 * DOLLAR);
        vm.prank(_trustee);
        uint256 disbursement = _trust.propose(1, "evidence");
        _with(abi.encodeCall(_offices.attestStatement, (firstDay, "accounts")));
        uint256 proposed = _mark();
        _supported(disbursement);
        _back(proposed);

        vm.prank(_second);
        _offices.resign();
        _with(abi.encodeCall(_offices.takeOffice, (_second, new address[](0))));
        _decisions("Resigned");
        _back(proposed);

        vm.prank(registrar);
        _offices.announceRemoval(_trustee, "judgment");
        itIs(block.timestamp + 7 days);
        _decisions("RemovalOrdered");
        _back(proposed);

        _succeeded();
        _back(proposed);
        _revocable();
        _requireTable("decisions");
    }

    /// @dev The investor has 60 of 100 units.
    function _supported(uint256 disbursement) private {
        address[] memory most = new address[](1);
        most[0] = investor;
        address[] memory all = new address[](2);
        (all[0], all[1]) = investor < other ? (investor, other) : (other, investor);
        _supports(investor, _books().removalMotion(_trustee));
        _supports(investor, _books().vetoMotion(disbursement));
        bytes32 end = _books().endMotion();
        _supports(investor, end);
        _supports(other, end);
        _supports(_settlor, end);
        _with(abi.encodeCall(_offices.removeTrustee, (_trustee, most)));
        _with(abi.encodeCall(_offices.vetoByBeneficiaries, (disbursement, most)));
        _with(abi.encodeCall(_offices.endByBeneficiaries, (all)));
        _decisions("Supported");

        _offices.removeTrustee(_trustee, most);
        _supports(_settlor, _books().appointmentMotion(outsider));
        _decisions("Removed");
    }

    function _succeeded() private {
        accredited("settlor");
        vm.startPrank(address(recovery));
        registry.succeed(identityOf(investor), makeAddr("another wallet"));
        registry.succeed(identityOf(_settlor), makeAddr("another wallet of the settlor"));
        vm.stopPrank();
        _with(abi.encodeCall(_offices.moveRecipient, (_settlor)));
        _decisions("Succeeded");
    }

    function _revocable() private {
        Deed memory deed = _deed();
        deed.terms.revocable = true;
        vm.prank(issuer);
        _trust = CustodyTrust(payable(directory.openTrust(uint64(companyId), deed)));
        _offices = TrustOffices(address(_trust));
        _instance(address(_trust));
        _decisions("Revocable");
    }

    function _supports(address who, bytes32 motion) private {
        vm.prank(who);
        _offices.support(motion, true);
    }

    function _books() private view returns (TrustBooks) {
        return TrustBooks(address(_trust));
    }

    function _decisions(string memory state) private {
        vm.pauseGasMetering();
        _everyoneCalls("TrustOffices", address(_trust), state);
        vm.resumeGasMetering();
    }

    /// @dev More calls than a test has gas for.
    function _calls(string memory state) private {
        vm.pauseGasMetering();
        _everyoneCalls("CustodyTrust", address(_trust), state);
        _everyoneCalls("TrustOffices", address(_trust), state);
        vm.resumeGasMetering();
    }

    function _deed() private view returns (Deed memory deed) {
        deed.terms.settlor = _settlor;
        deed.terms.protector = _protector;
        deed.terms.settlementToken = address(dollar);
        deed.terms.threshold = 2;
        deed.terms.challengePeriod = 3 days;
        deed.terms.vacancyPeriod = 30 days;
        deed.terms.longStop = uint40(block.timestamp + 400 days);
        deed.terms.platformFeeBps = 600;
        deed.terms.trusteeFeeBps = 100;
        deed.terms.voteMajorityBps = 5000;
        deed.terms.deedHash = "the deed";
        deed.trustees = new address[](3);
        (deed.trustees[0], deed.trustees[1], deed.trustees[2]) = (_trustee, _second, _third);
        deed.successors = new address[](1);
        deed.successors[0] = _successor;
        deed.tranches = new Tranche[](2);
        deed.tranches[0].milestone = true;
        deed.tranches[0].amount = uint104(1000 * DOLLAR);
        deed.tranches[1].amount = uint104(500 * DOLLAR);
        deed.tranches[1].notBefore = uint40(block.timestamp + 100 days);
        deed.beneficiaries = new Beneficiary[](2);
        deed.beneficiaries[0] = Beneficiary(investor, 60);
        deed.beneficiaries[1] = Beneficiary(other, 40);
    }
}
