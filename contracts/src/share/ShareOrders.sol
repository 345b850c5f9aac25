// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {Instance} from "../ledger/Instance.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {Orders} from "./Orders.sol";
import {Succession} from "./Succession.sol";
import {TransferRules} from "./TransferRules.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @title ShareOrders
/// @notice How shares change hands without their holder's signature: by order, and after the wallet. Code that
/// `ShareToken` runs on its own storage, like `ShareActs`.
/// @dev Called by itself it is a class of no company, in which nobody holds anything.
contract ShareOrders is Orders, Succession {
    constructor(IInvestorRegistry registry_, IAccessManager authority_)
        TransferRules(registry_)
        Restricted(authority_)
    {}

    /// @inheritdoc Instance
    /// @dev A class is opened by `ShareActs`.
    function open() external pure override {
        revert TemplateIsNotAnInstance();
    }
}
