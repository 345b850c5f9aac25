// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CustodyTrust} from "../../../src/trust/CustodyTrust.sol";
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
