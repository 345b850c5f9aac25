// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {Instance} from "../ledger/Instance.sol";
import {ClassTerms, ClassTermsCodec} from "./ClassTerms.sol";
import {CompanyShares} from "./CompanyShares.sol";
import {Conversion, IConvertible} from "./Conversion.sol";
import {Documents} from "./Documents.sol";
import {RecordDates} from "./RecordDates.sol";
import {TransferRules} from "./TransferRules.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title ShareActs
/// @notice What a company and its holders do more rarely with a share class: record dates and splits, issuance outside
/// rounds, conversion, documents. Code that `ShareToken` runs on its own storage, as a class does not fit the size that
/// the chain allows one contract; fixed for the life of the template, so that nothing can be exchanged.
/// @dev Called by itself it is a class of no company: without terms it has no controller, and nothing can be done.
contract ShareActs is RecordDates, CompanyShares, Conversion, Documents {
    using SafeCast for uint256;

    constructor(IInvestorRegistry registry_) TransferRules(registry_) {}

    /// @inheritdoc Instance
    function open() external override opening {
        ClassTerms memory t = ClassTermsCodec.read();
        Capacity memory c;
        c.authorised = t.authorised;
        if (t.convertsInto != address(0)) {
            c.conversionFactor = IConvertible(t.convertsInto).splitFactor().toUint64();
        }
        _storeCapacity(c);
        _emit(
            ShareClassOpened.selector, bytes32(uint256(t.companyId)), _topic(ClassTermsCodec.directory()), abi.encode(t)
        );
    }

    /// @notice The terms of the opening.
    function terms() external view returns (ClassTerms memory) {
        return ClassTermsCodec.read();
    }

    /// @notice The authorised number, and what else the class's second slot counts.
    function capacity() external view returns (Capacity memory) {
        return _loadCapacity();
    }
}
