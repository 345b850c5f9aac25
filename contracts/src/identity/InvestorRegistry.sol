// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HistoryChain} from "../ledger/HistoryChain.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {Category} from "./Category.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @title InvestorRegistry
/// @notice Who may invest and hold, attested by a registrar without personal data: a person is an identity, the hash
/// of their identification with a salt kept off chain, and has one active wallet. The registry outlives Directories.
/// No exit of money asks it.
/// @dev `isVerified`, `contains` and `investorCountry` are the reading face of ERC-3643's IIdentityRegistry.
contract InvestorRegistry is HistoryChain, Restricted {
    struct Investor {
        address wallet;
        uint16 country;
        Category category;
        uint40 expiresAt;
    }

    /// @param identity salted hash of the person's identification; the same person gives the same hash
    /// @param country ISO 3166-1 numeric
    /// @param expiresAt first second at which the attestation no longer counts, UTC
    /// @param dossier hash of the evidence that the registrar keeps
    struct Attestation {
        bytes32 identity;
        address wallet;
        uint16 country;
        Category category;
        uint40 expiresAt;
        bytes32 dossier;
    }

    /// @param regime as `IRoundRules.regime` names it
    /// @param currency ISO 4217, three letters
    /// @param amount most the person may commit in twelve months, in millionths of the currency
    struct YearlyLimit {
        bytes32 regime;
        bytes3 currency;
        uint256 amount;
    }

    mapping(bytes32 identity => Investor) private _investors;
    mapping(address wallet => bytes32 identity) private _identities;
    mapping(bytes32 identity => mapping(bytes32 regime => mapping(bytes3 currency => uint256 amount))) private _limits;

    event InvestorAttested(
        bytes32 indexed identity,
        address indexed wallet,
        uint16 country,
        Category category,
        uint40 expiresAt,
        bytes32 dossier
    );
    event YearlyLimitAttested(
        bytes32 indexed identity, bytes32 indexed regime, bytes3 indexed currency, uint256 amount
    );
    event InvestorRevoked(bytes32 indexed identity, address indexed wallet, bytes32 reason);

    error IdentityMissing();
    error WalletMissing();
    error CategoryMissing();
    error WalletBelongsToAnother(address wallet, bytes32 holder, bytes32 given);
    error IdentityHasAnotherWallet(bytes32 identity, address active, address given);
    error AttestationInThePast(uint40 expiresAt, uint256 time);
    error UnknownIdentity(bytes32 identity);

    constructor(IAccessManager authority_) Restricted(authority_) {}

    /// @notice Attests a person, or renews their attestation, and sets the yearly limits that are given.
    /// @dev Another wallet for a known person is refused: a lost key is a matter of recovery, not of attestation.
    function attest(Attestation calldata attestation, YearlyLimit[] calldata limits) external restricted {
        _attest(attestation);
        for (uint256 i = 0; i < limits.length; ++i) {
            YearlyLimit calldata limit = limits[i];
            _limits[attestation.identity][limit.regime][limit.currency] = limit.amount;
            _emit(
                YearlyLimitAttested.selector,
                attestation.identity,
                limit.regime,
                bytes32(limit.currency),
                abi.encode(limit.amount)
            );
        }
    }

    /// @notice Attests many persons at once, without limits.
    function attestAll(Attestation[] calldata attestations) external restricted {
        for (uint256 i = 0; i < attestations.length; ++i) {
            _attest(attestations[i]);
        }
    }

    /// @notice Ends a person's eligibility now. What they hold and what they are owed is not touched.
    function revoke(bytes32 identity, bytes32 reason) external restricted {
        Investor storage known = _investors[identity];
        if (known.wallet == address(0)) revert UnknownIdentity(identity);
        known.expiresAt = uint40(block.timestamp);
        _emit(InvestorRevoked.selector, identity, _topic(known.wallet), abi.encode(reason));
    }

    /// @notice The person behind a wallet, and whether they may invest and receive shares now.
    function personOf(address wallet) external view returns (bytes32 identity, Category category, bool eligible) {
        identity = _identities[wallet];
        Investor storage known = _investors[identity];
        category = known.category;
        eligible = identity != 0 && block.timestamp < known.expiresAt;
    }

    function investor(bytes32 identity) external view returns (Investor memory) {
        return _investors[identity];
    }

    function identityOf(address wallet) external view returns (bytes32) {
        return _identities[wallet];
    }

    /// @notice In millionths of the currency; zero when nothing was attested.
    function yearlyLimit(bytes32 identity, bytes32 regime, bytes3 currency) external view returns (uint256) {
        return _limits[identity][regime][currency];
    }

    /// @notice ERC-3643: whether the wallet's owner may receive shares now.
    function isVerified(address wallet) external view returns (bool) {
        return block.timestamp < _investors[_identities[wallet]].expiresAt;
    }

    /// @notice ERC-3643: whether the wallet was ever attested.
    function contains(address wallet) external view returns (bool) {
        return _identities[wallet] != 0;
    }

    /// @notice ERC-3643: ISO 3166-1 numeric; zero when unknown.
    function investorCountry(address wallet) external view returns (uint16) {
        return _investors[_identities[wallet]].country;
    }

    function _attest(Attestation calldata given) private {
        if (given.identity == 0) revert IdentityMissing();
        if (given.wallet == address(0)) revert WalletMissing();
        if (given.category == Category.None) revert CategoryMissing();
        if (given.expiresAt <= block.timestamp) revert AttestationInThePast(given.expiresAt, block.timestamp);
        bytes32 holder = _identities[given.wallet];
        if (holder != 0 && holder != given.identity) {
            revert WalletBelongsToAnother(given.wallet, holder, given.identity);
        }
        address active = _investors[given.identity].wallet;
        if (active != address(0) && active != given.wallet) {
            revert IdentityHasAnotherWallet(given.identity, active, given.wallet);
        }
        if (holder == 0) _identities[given.wallet] = given.identity;
        _investors[given.identity] = Investor(given.wallet, given.country, given.category, given.expiresAt);
        _emit(
            InvestorAttested.selector,
            given.identity,
            _topic(given.wallet),
            abi.encode(given.country, given.category, given.expiresAt, given.dossier)
        );
    }
}
