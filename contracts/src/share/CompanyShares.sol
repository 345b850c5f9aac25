// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../ledger/ICompanies.sol";
import {IHolderVote} from "../vote/IHolderVote.sol";
import {ActEvents} from "./ActEvents.sol";
import {ClassTermsCodec} from "./ClassTerms.sol";
import {TransferRules} from "./TransferRules.sol";

/// @title CompanyShares
/// @notice What a company does with its own class: issues what no round has reserved, cancels what it holds, and raises
/// the authorised number when the holders have decided so.
abstract contract CompanyShares is TransferRules, ActEvents {
    /// @notice Issues shares that no round has reserved: to founders, to employees, to a trust that holds for them.
    /// @param lockedUntil first second, UTC, at which the shares may be resold freely
    function issueByCompany(address to, uint64 shares, uint64 lockedUntil) external onlyController {
        if (shares == 0) revert NoShares();
        if (lockedUntil > type(uint40).max) revert LockTooLong(lockedUntil, type(uint40).max);
        Register memory r = _advance();
        _requireAuthorised(r, shares);
        _issue(r, msg.sender, _receiver(to), shares, _lot(shares, lockedUntil));
    }

    /// @notice Cancels shares that the company holds: bought back, or never given away.
    function cancelShares(uint64 shares) external onlyController {
        _end(_advance(), shares);
        _emit(SharesCancelled.selector, _topic(msg.sender), abi.encode(shares));
    }

    /// @notice Raises the authorised number, as the holders of this class alone decided in a vote on
    /// keccak256(abi.encode("authorised", this class, authorised)).
    function raiseAuthorised(uint64 authorised, address vote) external onlyController {
        Capacity memory c = _loadCapacity();
        if (authorised <= c.authorised || authorised > ClassTermsCodec.MOST_AUTHORISED) {
            revert AuthorisedNotRaised(c.authorised, authorised);
        }
        bytes32 subject = keccak256(abi.encode("authorised", address(this), authorised));
        if (!_isOfCompany(vote, ICompanies.Kind.Vote) || !IHolderVote(vote).passedBy(address(this), subject)) {
            revert VoteNotPassed(vote, subject);
        }
        c.authorised = authorised;
        _storeCapacity(c);
        _emit(AuthorisedRaised.selector, _topic(vote), abi.encode(authorised));
    }
}
