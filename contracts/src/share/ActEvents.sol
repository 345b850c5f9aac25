// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ClassTerms} from "./ClassTerms.sol";

/// @notice What an order asks for: that some shares are frozen, or go to another holder.
enum OrderKind {
    Freeze,
    Transfer
}

/// @title ActEvents
/// @notice What is told by the acts that `ShareToken` leaves to `ShareActs`, so that both have it in their interface.
abstract contract ActEvents {
    event ShareClassOpened(uint256 indexed companyId, address indexed directory, ClassTerms terms);
    event RecordDateDeclared(uint256 indexed index, uint256 date, address declaredBy);
    event SharesSplit(uint256 factor, uint256 supply, uint256 authorised);
    event SharesCancelled(address indexed holder, uint256 shares);
    event SharesConverted(address indexed holder, address indexed into, uint256 shares, uint256 received);
    event AuthorisedRaised(uint256 authorised, address indexed vote);
    event HoldingRecovered(address indexed oldWallet, address indexed newWallet, uint256 shares);
    event OrderAnnounced(
        bytes32 indexed order,
        address indexed from,
        address indexed to,
        OrderKind kind,
        uint256 shares,
        bytes32 documentHash,
        uint256 executableFrom,
        uint256 lapsesAt
    );
    event OrderWithdrawn(bytes32 indexed order);
    event OrderExecuted(bytes32 indexed order, bytes32 documentHash);
    event DocumentUpdated(bytes32 indexed name, string uri, bytes32 documentHash);
    event DocumentRemoved(bytes32 indexed name, string uri, bytes32 documentHash);

    error NotOfThisCompany(address caller);
    error RecordDateInThePast(uint256 date, uint256 time);
    error TooManyDatesAhead(uint256 most);
    error SplitFactorTooSmall(uint256 factor);
    error LockTooLong(uint256 lockedUntil, uint256 latest);
    error RecordDateTooFar(uint256 date, uint256 latest);
    error ReservedForRounds(uint256 reserved);
    error AuthorisedNotRaised(uint256 authorised, uint256 given);
    error VoteNotPassed(address vote, bytes32 subject);
    error NotConvertible(address class);
    error NotWhole(uint256 shares, uint256 numerator, uint256 denominator);
    error NothingToRecover(address wallet);
    error DocumentMissing();
    error OrderNotAnnounced(bytes32 order);
    error OrderNotDue(bytes32 order, uint256 executableFrom, uint256 time);
    error OrderLapsed(bytes32 order, uint256 lapsesAt, uint256 time);
    error NotAgainstInstances(address account);
    error DocumentNameMissing();
    error DocumentHashMissing(bytes32 name);
    error NoDocument(bytes32 name);
}
