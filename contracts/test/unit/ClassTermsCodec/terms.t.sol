// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../../src/ledger/Companies.sol";
import {ClassTerms, ClassTermsCodec} from "../../../src/share/ClassTerms.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice What a class may be opened on, and that it says so ever after.
contract ClassTermsTest is Ledger {
    ClassTerms private terms;

    function setUp() public override {
        super.setUp();
        terms = classTerms(companyId, AUTHORISED);
    }

    function test_KeepsEveryTerm() public {
        terms.votesPerShare = 10;
        terms.liquidationPreference = 1250;
        terms.preferenceCurrency = USD;
        terms.seniority = 2;
        terms.convertsInto = address(share);
        terms.conversionNumerator = 3;
        terms.conversionDenominator = 2;
        terms.holderCap = 200;
        terms.smallestHolding = 50;
        terms.name = "WindowMirror Series Seed Preferred";
        terms.symbol = "WMIRP";
        terms.excludedCountries.push(408);
        terms.excludedCountries.push(643);
        ShareToken preferred = openClass(issuer, terms);
        assertEq(keccak256(abi.encode(preferred.terms())), keccak256(abi.encode(terms)));
        assertEq(preferred.name(), terms.name);
        assertEq(preferred.symbol(), terms.symbol);
        assertEq(preferred.votesPerShare(), 10);
        assertEq(preferred.holderCap(), 200);
        assertEq(preferred.convertsInto(), address(share));
        assertEq(preferred.authorised(), AUTHORISED);
        assertEq(preferred.directory(), address(directory));
    }

    function test_KeepsTheLargestAndTheSmallest() public {
        terms.authorised = ClassTermsCodec.MOST_AUTHORISED;
        terms.smallestHolding = ClassTermsCodec.MOST_AUTHORISED;
        terms.name = _text(96);
        terms.symbol = _text(32);
        terms.liquidationPreference = type(uint128).max;
        terms.preferenceCurrency = USD;
        for (uint16 i = 0; i < 64; ++i) {
            terms.excludedCountries.push(i + 1);
        }
        assertEq(keccak256(abi.encode(openClass(issuer, terms).terms())), keccak256(abi.encode(terms)));
        terms = classTerms(companyId, 1);
        terms.name = "";
        terms.symbol = "";
        ShareToken least = openClass(issuer, terms);
        assertEq(keccak256(abi.encode(least.terms())), keccak256(abi.encode(terms)));
        assertEq(least.name(), "");
        assertEq(least.symbol(), "");
    }

    function test_RefusesAnAuthorisedNumberOutOfRange() public {
        uint256 most = ClassTermsCodec.MOST_AUTHORISED;
        terms.authorised = 0;
        _isRefused(abi.encodeWithSelector(ClassTermsCodec.AuthorisedOutOfRange.selector, 0, most));
        terms.authorised = uint64(most + 1);
        _isRefused(abi.encodeWithSelector(ClassTermsCodec.AuthorisedOutOfRange.selector, most + 1, most));
    }

    function test_RefusesNamesTooLong() public {
        terms.name = _text(97);
        _isRefused(abi.encodeWithSelector(ClassTermsCodec.NameTooLong.selector, 97, 96));
        terms.name = "WindowMirror";
        terms.symbol = _text(33);
        _isRefused(abi.encodeWithSelector(ClassTermsCodec.NameTooLong.selector, 33, 32));
    }

    function test_RefusesMoreThan64Countries() public {
        terms.excludedCountries = new uint16[](65);
        _isRefused(abi.encodeWithSelector(ClassTermsCodec.TooManyCountries.selector, 65, 64));
    }

    function test_RefusesASmallestHoldingThatNobodyCanHave() public {
        terms.smallestHolding = AUTHORISED + 1;
        _isRefused(
            abi.encodeWithSelector(ClassTermsCodec.SmallestHoldingOutOfRange.selector, AUTHORISED + 1, AUTHORISED)
        );
    }

    function test_RefusesHalfAConversion() public {
        uint32[2][3] memory rates = [[uint32(0), 0], [uint32(1), 0], [uint32(0), 1]];
        for (uint256 i = 0; i < 3; ++i) {
            _isRefusedConversion(address(share), rates[i][0], rates[i][1]);
        }
        _isRefusedConversion(address(0), 1, 0);
        _isRefusedConversion(address(0), 0, 1);
        _isRefusedConversion(address(0), 1, 1);
    }

    function test_RefusesHalfAPreference() public {
        terms.liquidationPreference = 5;
        _isRefused(abi.encodeWithSelector(ClassTermsCodec.PreferenceIncomplete.selector, 5, bytes3(0)));
        terms.liquidationPreference = 0;
        terms.preferenceCurrency = USD;
        _isRefused(abi.encodeWithSelector(ClassTermsCodec.PreferenceIncomplete.selector, 0, USD));
    }

    function test_RefusesAConversionIntoAnothersClass() public {
        uint256 other = registerCompany(outsider, 0);
        terms.convertsInto = address(openClass(other, outsider, 5));
        terms.conversionNumerator = 1;
        terms.conversionDenominator = 1;
        _isRefused(abi.encodeWithSelector(Companies.NotOfTheCompany.selector, terms.convertsInto, companyId));
    }

    function _isRefusedConversion(address into, uint32 numerator, uint32 denominator) private {
        (terms.convertsInto, terms.conversionNumerator, terms.conversionDenominator) = (into, numerator, denominator);
        _isRefused(abi.encodeWithSelector(ClassTermsCodec.ConversionIncomplete.selector, into, numerator, denominator));
    }

    function _isRefused(bytes memory reason) private {
        vm.expectRevert(reason);
        openClass(issuer, terms);
    }

    function _text(uint256 length) private pure returns (string memory) {
        bytes memory text = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            text[i] = "x";
        }
        return string(text);
    }
}
