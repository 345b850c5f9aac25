// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HistoryChain} from "./HistoryChain.sol";

/// @title Instance
/// @notice What a Directory opens: a clone of a template whose terms are its immutable arguments and whose first
/// event is its opening. Templates themselves are never opened.
abstract contract Instance is HistoryChain {
    address private immutable TEMPLATE = address(this);

    error AlreadyOpened();
    error TemplateIsNotAnInstance();

    /// @dev An instance is born in the transaction that creates it, so nobody comes before its Directory.
    modifier opening() {
        if (address(this) == TEMPLATE) revert TemplateIsNotAnInstance();
        if (historyHead() != 0) revert AlreadyOpened();
        _;
    }

    /// @notice Emits the opening event with the terms; the Directory calls it once.
    function open() external virtual;
}
