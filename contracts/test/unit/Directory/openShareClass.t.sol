// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../../src/ledger/Companies.sol";
import {Drafts} from "../../../src/ledger/Drafts.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {ClassTerms, ClassTermsCodec} from "../../../src/share/ClassTerms.sol";
import {Ledger} from "../../Ledger.sol";

contract OpenShareClassTest is Ledger {
    function _converting(address into) private view returns (ClassTerms memory terms) {
        terms = classTerms(companyId, AUTHORISED);
        terms.convertsInto = into;
        terms.conversionNumerator = 2;
        terms.conversionDenominator = 1;
    }

    function test_IsOpenedByTheControllerOnly() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheController.selector, operator, issuer));
        openClass(companyId, operator, AUTHORISED);
    }

    function test_IsOpenedForNoCompanyThatIsNot() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.UnknownCompany.selector, 9));
        openClass(9, issuer, AUTHORISED);
    }

    function test_ConvertsIntoClassesOfTheCompanyOnly() public {
        address foreign = address(openClass(registerCompany(outsider, 0), outsider, 10));
        vm.expectRevert(abi.encodeWithSelector(Drafts.NotOfTheCompany.selector, foreign, companyId));
        openClass(issuer, _converting(foreign));
        vm.expectRevert(
            abi.encodeWithSelector(
                Drafts.WrongKind.selector, outsider, ICompanies.Kind.None, ICompanies.Kind.ShareClass
            )
        );
        openClass(issuer, _converting(outsider));
    }

    function test_IsListedWithItsTerms() public {
        share = openClass(issuer, _converting(address(share)));
        ClassTerms memory terms = share.terms();
        assertEq(terms.companyId, companyId);
        assertEq(terms.authorised, AUTHORISED);
        assertEq(terms.name, "WindowMirror Common");
        assertEq(share.directory(), address(directory));
        assertEq(uint256(directory.kindOf(address(share))), uint256(ICompanies.Kind.ShareClass));
        requireHistories();
    }

    function test_IsAuthorisedForWhatASigned64BitNumberHolds() public {
        uint64 most = uint64(type(int64).max);
        assertEq(openClass(companyId, issuer, most).authorised(), most);
        vm.expectRevert(abi.encodeWithSelector(ClassTermsCodec.AuthorisedOutOfRange.selector, uint256(most) + 1, most));
        openClass(companyId, issuer, most + 1);
    }
}
