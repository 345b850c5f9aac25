// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "./Category.sol";
import {PackedInvestor} from "./PackedInvestor.sol";

/// @title IInvestorRegistry
/// @notice What share classes, rounds, trusts, distributions and votes ask about persons. A registry of another kind
/// is put behind an adapter with this face.
interface IInvestorRegistry {
    /// @dev One storage slot.
    /// @param wallet the one wallet that acts for the person
    /// @param country ISO 3166-1 numeric
    /// @param expiresAt first second at which the attestation no longer counts, UTC
    /// @param persons how many persons count under a cap on holders: 1, or for a nominee those it holds for
    /// @param withholdingBps tax withheld from what is distributed to the person, in hundredths of a percent
    struct Investor {
        address wallet;
        uint16 country;
        Category category;
        uint40 expiresAt;
        uint16 persons;
        uint16 withholdingBps;
    }

    /// @notice The person whose active wallet this is, and whether they may invest and receive shares now; zero and
    /// false for a wallet that is unknown or was succeeded.
    function personOf(address wallet) external view returns (bytes32 identity, Category category, bool eligible);

    /// @notice The person whose active wallet this is, with what was attested; zero for a wallet that is unknown or was
    /// succeeded.
    function holderOf(address wallet) external view returns (bytes32 identity, Investor memory person);

    /// @notice What a transfer of shares asks, in one call: whether the sender's wallet was given up for another, and the
    /// person whose active wallet the receiver's is, packed as `PackedInvestor` says; zeros as for `holderOf`.
    function transferParties(address from, address to)
        external
        view
        returns (bool fromSucceeded, bytes32 identity, PackedInvestor person);

    /// @notice Who acts for an identity now: the person, or whoever its estate passed to. Empty when unknown.
    function investor(bytes32 identity) external view returns (Investor memory);

    /// @notice The person whose active wallet this is, or zero.
    function identityOf(address wallet) external view returns (bytes32);

    /// @notice A figure attested for a person under a regime, in millionths of the currency: the most they may commit
    /// in twelve months, or the amount above which their consent is asked for. Zero when nothing was attested.
    function yearlyLimit(bytes32 identity, bytes32 regime, bytes3 currency) external view returns (uint256);

    /// @notice Whether a person is an affiliate of an issuer.
    /// @param issuer as `ICompanies.issuerKey` names it
    function isAffiliate(bytes32 identity, bytes32 issuer) external view returns (bool);

    /// @notice Says of the calling contract that it is nobody's wallet, for ever: what a trust or a distribution holds would
    /// otherwise follow a person who is attested with its address and then recovers another wallet.
    function declareInstance() external;

    /// @notice Since when it has been attested that a person is an affiliate of an issuer, in seconds; zero when it is not.
    function affiliateSince(bytes32 identity, bytes32 issuer) external view returns (uint256);

    /// @notice Whether shares may pass between these two during a lock-up: an offering registered with the SEC, family, a
    /// trust of the holder's, death, divorce (17 CFR 227.501(a)(3) and (4)).
    function exemptTransfer(address from, address to) external view returns (bool);

    /// @notice The wallet that came after one that was given up, at the end of the chain; zero for any other wallet.
    function successorOf(address wallet) external view returns (address);

    /// @notice The wallet that acts for an identity now, an heir's if its estate passed on; zero when unknown.
    function currentWalletOf(bytes32 identity) external view returns (address);

    /// @notice Whether a recovery of whoever acts for this identity is announced. What others push to that person
    /// waits meanwhile, lest it reach a lost key; what the wallet itself asks for does not.
    function recoveryAnnounced(bytes32 identity) external view returns (bool);
}
