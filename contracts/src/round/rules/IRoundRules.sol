// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../identity/Category.sol";

/// @title IRoundRules
/// @notice What a legal regime asks of a round. A round keeps the rules that it was opened with. Times are seconds
/// since 1970, UTC; windows are half-open; amounts are in millionths of the currency.
/// @dev Answers depend on the arguments alone, and on days of the business calendar that can no longer change: what was
/// answered for a window that has begun is answered for ever.
interface IRoundRules {
    /// @notice What a regime asks of every round, as the functions of these names answer.
    struct Regime {
        bytes32 name;
        uint256 issuerLimit;
        uint32 holderCap;
        bool countsPersons;
    }

    /// @notice The regime's name as the investor registry and the limits know it.
    function regime() external view returns (bytes32);

    /// @notice Reverts when a round with these terms may not be opened.
    /// @param currency ISO 4217, three letters; a regime whose figures are in one currency takes no other
    /// @return what else is asked of it
    function requireTerms(bytes3 currency, uint256 opensAt, uint256 deadline, uint256 maximumProceeds)
        external
        view
        returns (Regime memory);

    /// @notice Most that an issuer may sell in twelve months under this regime; the largest number when there is no limit.
    function issuerLimit() external view returns (uint256);

    /// @notice Most persons who may hold the class that is offered, nominees counted through; zero when there is no cap.
    function holderCap() external view returns (uint32);

    /// @notice Whether what a person commits counts for twelve months, over all issuers, against a limit.
    function countsPersons() external view returns (bool);

    /// @notice Reverts when this person may not commit this much.
    /// @param attested the registrar's figure for this regime and currency, zero when nothing was attested
    /// @param amount the person's whole commitment to the round, with what is added now
    /// @param consent whether the person consented in so many words to a commitment above the regime's threshold
    /// @param committedAt when the commitment is made or added to
    /// @return yearlyLimit most that the person may commit in twelve months; the largest number when there is no limit
    /// @return reflectionEnd first second after the time that the law gives this person to reconsider, zero when none
    function admission(Category category, uint256 attested, uint256 amount, bool consent, uint256 committedAt)
        external
        view
        returns (uint256 yearlyLimit, uint256 reflectionEnd);

    /// @notice First second at which a commitment can no longer be cancelled.
    /// @param category the person's when the commitment was made or last added to
    /// @param committedAt when the commitment was made or last added to
    /// @param deadline the round's, as announced or amended last
    function cancellableUntil(Category category, uint256 committedAt, uint256 deadline) external view returns (uint256);

    /// @notice Earliest end of a round whose early end is announced at `announcedAt`.
    function earlyCloseAllowedFrom(uint256 opensAt, uint256 deadline, uint256 announcedAt)
        external
        view
        returns (uint256);

    /// @notice First second in which a round may be closed.
    /// @param announcedCloseAt the early end that was announced, zero when none
    function earliestClose(uint256 opensAt, uint256 deadline, uint256 announcedCloseAt) external view returns (uint256);

    /// @notice First second in which a closed round may be tallied.
    /// @param lastReflectionEnd the latest `reflectionEnd` of its commitments, zero when none
    function tallyFrom(uint256 closedAt, uint256 lastReflectionEnd) external view returns (uint256);

    /// @notice First second at which a commitment made before a material change can no longer be reconfirmed; zero when
    /// the regime asks for no reconfirmation.
    function reconfirmBy(uint256 amendedAt) external view returns (uint256);

    /// @notice The deadline after a material change.
    function deadlineAfter(uint256 amendedAt, uint256 deadline) external view returns (uint256);

    /// @notice First second at which shares issued at `issuedAt` may be resold freely; `issuedAt` itself when at once.
    function lockedUntil(uint256 issuedAt) external view returns (uint256);
}
