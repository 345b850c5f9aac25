// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HistoryChain} from "../ledger/HistoryChain.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {Category} from "./Category.sol";
import {IInvestorRegistry} from "./IInvestorRegistry.sol";
import {Recovery} from "./Recovery.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @title InvestorRegistry
/// @notice Who may invest and hold, attested by a registrar without personal data: a person is an identity, the hash
/// of their identification with a salt kept off chain, and has one active wallet, which only a recovery replaces. The
/// registry outlives Directories. No exit of money to the wallet that asks for it needs the registry.
/// @dev `isVerified`, `contains` and `investorCountry` are the reading face of ERC-3643's IIdentityRegistry. A wallet
/// stays bound to its identity for ever; it is active as long as the identity names it back, so one that was succeeded
/// neither counts nor comes back. An identity whose estate passed on names no wallet, and never will again.
contract InvestorRegistry is IInvestorRegistry, HistoryChain, Restricted {
    /// @param identity salted hash of the person's identification; the same person gives the same hash
    /// @param country ISO 3166-1 numeric
    /// @param expiresAt first second at which the attestation no longer counts, UTC
    /// @param persons 1; for a nominee, how many persons it holds for
    /// @param withholdingBps 0 to `MOST_WITHHOLDING_BPS`
    /// @param dossier hash of the evidence that the registrar keeps
    struct Attestation {
        bytes32 identity;
        address wallet;
        uint16 country;
        Category category;
        uint40 expiresAt;
        uint16 persons;
        uint16 withholdingBps;
        bytes32 dossier;
    }

    /// @param regime as `IRoundRules.regime` names it
    /// @param currency ISO 4217, three letters
    /// @param amount most the person may commit in twelve months, or another figure that the regime asks for, in
    /// millionths of the currency
    struct YearlyLimit {
        bytes32 regime;
        bytes3 currency;
        uint256 amount;
    }

    /// @notice Most that can be withheld from a distribution, in hundredths of a percent.
    uint16 public constant MOST_WITHHOLDING_BPS = 3500;

    Recovery private immutable RECOVERY;

    mapping(bytes32 identity => Investor) private _investors;
    mapping(address wallet => bytes32 identity) private _identities;
    mapping(bytes32 key => uint256 amount) private _limits;
    mapping(bytes32 identity => mapping(bytes32 issuer => bool)) private _affiliates;
    mapping(address from => mapping(address to => uint256 expiresAt)) private _exemptions;
    mapping(bytes32 identity => bytes32 heir) private _heirs;

    event InvestorAttested(
        bytes32 indexed identity,
        address indexed wallet,
        uint16 country,
        Category category,
        uint40 expiresAt,
        uint16 persons,
        uint16 withholdingBps,
        bytes32 dossier
    );
    event YearlyLimitAttested(
        bytes32 indexed identity, bytes32 indexed regime, bytes3 indexed currency, uint256 amount
    );
    event InvestorRevoked(bytes32 indexed identity, address indexed wallet, bytes32 reason);
    event AffiliateAttested(bytes32 indexed identity, bytes32 indexed issuer, bool affiliate, bytes32 documentHash);
    event ExemptTransferAttested(address indexed from, address indexed to, uint40 expiresAt, bytes32 documentHash);
    event WalletSucceeded(bytes32 indexed identity, address indexed oldWallet, address indexed newWallet);
    event EstatePassed(bytes32 indexed identity, bytes32 indexed heir, address indexed oldWallet, address newWallet);

    error IdentityMissing();
    error WalletMissing();
    error CategoryMissing();
    error PersonsOutOfRange(uint256 persons, Category category);
    error WithholdingTooHigh(uint256 withholdingBps, uint256 most);
    error WalletBelongsToAnother(address wallet, bytes32 holder, bytes32 given);
    error IdentityHasAnotherWallet(bytes32 identity, address active, address given);
    error EstateHasPassed(bytes32 identity, bytes32 heir);
    error AttestationInThePast(uint40 expiresAt, uint256 time);
    error UnknownIdentity(bytes32 identity);
    error LimitsDoNotMatch(uint256 attestations, uint256 limits);
    error IssuerMissing();
    error SameWalletTwice(address wallet);
    error OnlyRecovery(address caller, address recovery);
    error WalletTaken(address wallet, bytes32 holder);
    error HeirIsTheDead(bytes32 identity, bytes32 heir);

    constructor(IAccessManager authority_, Recovery recovery_) Restricted(authority_) {
        RECOVERY = recovery_;
    }

    // ------------------------------------------------------------------------------------------ registrar

    /// @notice Attests a person, or renews their attestation, and sets the figures that are given.
    /// @dev Another wallet for a known person is refused: a lost key is a matter of recovery, not of attestation.
    function attest(Attestation calldata attestation, YearlyLimit[] calldata limits) external restricted {
        _attest(attestation);
        for (uint256 i = 0; i < limits.length; ++i) {
            YearlyLimit calldata limit = limits[i];
            _limit(attestation.identity, limit.regime, limit.currency, limit.amount);
        }
    }

    /// @notice Attests many persons at once, each with one figure under the same regime and in the same currency.
    /// @param amounts one for each attestation, or none at all
    function attestAll(Attestation[] calldata attestations, bytes32 regime, bytes3 currency, uint256[] calldata amounts)
        external
        restricted
    {
        if (amounts.length != 0 && amounts.length != attestations.length) {
            revert LimitsDoNotMatch(attestations.length, amounts.length);
        }
        for (uint256 i = 0; i < attestations.length; ++i) {
            Attestation calldata attestation = attestations[i];
            _attest(attestation);
            if (amounts.length != 0) _limit(attestation.identity, regime, currency, amounts[i]);
        }
    }

    /// @notice Ends a person's eligibility now. What they hold and what they are owed is not touched.
    function revoke(bytes32 identity, bytes32 reason) external restricted {
        address wallet = activeWalletOf(identity);
        _investors[identity].expiresAt = uint40(block.timestamp);
        _emit(InvestorRevoked.selector, identity, _topic(wallet), abi.encode(reason));
    }

    /// @notice Says whether a person is an affiliate of an issuer: one that controls it, is controlled by it, or is
    /// under common control with it (17 CFR 230.405).
    /// @param issuer as `ICompanies.issuerKey` names it
    function attestAffiliate(bytes32 identity, bytes32 issuer, bool affiliate, bytes32 documentHash)
        external
        restricted
    {
        if (identity == 0) revert IdentityMissing();
        if (issuer == 0) revert IssuerMissing();
        _affiliates[identity][issuer] = affiliate;
        _emit(AffiliateAttested.selector, identity, issuer, abi.encode(affiliate, documentHash));
    }

    /// @notice Attests that shares may pass from one wallet to another during a lock-up (17 CFR 227.501(a)(4)), or,
    /// with an `expiresAt` that is not in the future, no longer attests it.
    /// @param expiresAt first second at which this no longer counts, UTC
    function attestExemptTransfer(address from, address to, uint40 expiresAt, bytes32 documentHash)
        external
        restricted
    {
        if (from == address(0) || to == address(0)) revert WalletMissing();
        if (from == to) revert SameWalletTwice(from);
        _exemptions[from][to] = expiresAt;
        _emit(ExemptTransferAttested.selector, _topic(from), _topic(to), abi.encode(expiresAt, documentHash));
    }

    // ------------------------------------------------------------------------------------------ recovery

    /// @notice Called by Recovery: the person's wallet is succeeded by another, with everything attested.
    function succeed(bytes32 identity, address newWallet) external {
        _requireRecovery();
        address oldWallet = activeWalletOf(identity);
        requireFree(newWallet);
        _identities[newWallet] = identity;
        _investors[identity].wallet = newWallet;
        _emit(WalletSucceeded.selector, identity, _topic(oldWallet), _topic(newWallet), "");
    }

    /// @notice Called by Recovery: what is the dead person's is from now on the heir's, or that of whom the heir's own
    /// estate passed to. Whether the heir's attestation has expired does not matter.
    function inherit(bytes32 identity, bytes32 heir) external {
        _requireRecovery();
        address oldWallet = activeWalletOf(identity);
        bytes32 living = livingHeirOf(identity, heir);
        _heirs[identity] = living;
        _investors[identity].wallet = address(0);
        _emit(EstatePassed.selector, identity, living, _topic(oldWallet), abi.encode(_investors[living].wallet));
    }

    // ------------------------------------------------------------------------------------------ views

    function recovery() external view returns (Recovery) {
        return RECOVERY;
    }

    /// @inheritdoc IInvestorRegistry
    function personOf(address wallet) external view returns (bytes32 identity, Category category, bool eligible) {
        Investor storage person;
        (identity, person) = _holder(wallet);
        if (identity == 0) return (0, Category.None, false);
        return (identity, person.category, block.timestamp < person.expiresAt);
    }

    /// @inheritdoc IInvestorRegistry
    function holderOf(address wallet) external view returns (bytes32 identity, Investor memory person) {
        Investor storage known;
        (identity, known) = _holder(wallet);
        if (identity != 0) person = known;
    }

    /// @inheritdoc IInvestorRegistry
    function investor(bytes32 identity) external view returns (Investor memory) {
        return _investors[_actingFor(identity)];
    }

    /// @inheritdoc IInvestorRegistry
    function identityOf(address wallet) external view returns (bytes32 identity) {
        (identity,) = _holder(wallet);
    }

    /// @inheritdoc IInvestorRegistry
    function yearlyLimit(bytes32 identity, bytes32 regime, bytes3 currency) external view returns (uint256) {
        return _limits[keccak256(abi.encode(identity, regime, currency))];
    }

    /// @inheritdoc IInvestorRegistry
    function isAffiliate(bytes32 identity, bytes32 issuer) external view returns (bool) {
        return _affiliates[identity][issuer];
    }

    /// @inheritdoc IInvestorRegistry
    function exemptTransfer(address from, address to) external view returns (bool) {
        return block.timestamp < _exemptions[from][to];
    }

    /// @inheritdoc IInvestorRegistry
    function successorOf(address wallet) external view returns (address) {
        address current = currentWalletOf(_identities[wallet]);
        return current == wallet ? address(0) : current;
    }

    /// @inheritdoc IInvestorRegistry
    function currentWalletOf(bytes32 identity) public view returns (address) {
        return _investors[_actingFor(identity)].wallet;
    }

    /// @inheritdoc IInvestorRegistry
    function recoveryAnnounced(bytes32 identity) external view returns (bool) {
        return RECOVERY.isPending(_actingFor(identity));
    }

    /// @notice The identity that acts for this one: itself, or the one to which its estate passed.
    function actingFor(bytes32 identity) external view returns (bytes32) {
        return _actingFor(identity);
    }

    /// @notice The wallet of a person that acts for itself; reverts when there is none, or the estate has passed.
    function activeWalletOf(bytes32 identity) public view returns (address wallet) {
        wallet = _investors[identity].wallet;
        if (wallet == address(0)) revert UnknownIdentity(identity);
    }

    /// @notice Reverts unless the wallet was never anyone's.
    function requireFree(address wallet) public view {
        if (wallet == address(0)) revert WalletMissing();
        bytes32 holder = _identities[wallet];
        if (holder != 0) revert WalletTaken(wallet, holder);
    }

    /// @notice Who would inherit now if the heir named is `heir`; reverts when that is nobody, or the dead themselves.
    function livingHeirOf(bytes32 identity, bytes32 heir) public view returns (bytes32 living) {
        living = _actingFor(heir);
        if (_investors[living].wallet == address(0)) revert UnknownIdentity(heir);
        if (living == identity) revert HeirIsTheDead(identity, heir);
    }

    /// @notice ERC-3643: whether the wallet's owner may receive shares now.
    function isVerified(address wallet) external view returns (bool) {
        (bytes32 identity, Investor storage person) = _holder(wallet);
        return identity != 0 && block.timestamp < person.expiresAt;
    }

    /// @notice ERC-3643: whether the wallet is a person's active one.
    function contains(address wallet) external view returns (bool) {
        (bytes32 identity,) = _holder(wallet);
        return identity != 0;
    }

    /// @notice ERC-3643: ISO 3166-1 numeric; zero when unknown.
    function investorCountry(address wallet) external view returns (uint16) {
        (bytes32 identity, Investor storage person) = _holder(wallet);
        return identity == 0 ? 0 : person.country;
    }

    // ------------------------------------------------------------------------------------------ inside

    function _attest(Attestation calldata given) private {
        _requireComplete(given);
        Investor storage known = _investors[given.identity];
        bytes32 holder = _identities[given.wallet];
        if (holder != 0 && holder != given.identity) {
            revert WalletBelongsToAnother(given.wallet, holder, given.identity);
        }
        address active = known.wallet;
        if (active != given.wallet) {
            if (active != address(0)) revert IdentityHasAnotherWallet(given.identity, active, given.wallet);
            // A person attested before has a category; without a wallet, their estate has passed.
            if (known.category != Category.None) revert EstateHasPassed(given.identity, _heirs[given.identity]);
            _identities[given.wallet] = given.identity;
        }
        _store(known, given);
        _emit(
            InvestorAttested.selector,
            given.identity,
            _topic(given.wallet),
            abi.encode(
                given.country, given.category, given.expiresAt, given.persons, given.withholdingBps, given.dossier
            )
        );
    }

    /// @dev Writes the slot at once; the compiler would write it field by field.
    function _store(Investor storage person, Attestation calldata given) private {
        uint256 word = uint256(uint160(given.wallet)) | uint256(given.country) << 160 | uint256(given.category) << 176
            | uint256(given.expiresAt) << 184 | uint256(given.persons) << 224 | uint256(given.withholdingBps) << 240;
        assembly ("memory-safe") {
            sstore(person.slot, word)
        }
    }

    function _limit(bytes32 identity, bytes32 regime, bytes3 currency, uint256 amount) private {
        _limits[keccak256(abi.encode(identity, regime, currency))] = amount;
        _emit(YearlyLimitAttested.selector, identity, regime, bytes32(currency), abi.encode(amount));
    }

    function _requireComplete(Attestation calldata given) private view {
        if (given.identity == 0) revert IdentityMissing();
        if (given.wallet == address(0)) revert WalletMissing();
        if (given.category == Category.None) revert CategoryMissing();
        if (given.expiresAt <= block.timestamp) revert AttestationInThePast(given.expiresAt, block.timestamp);
        if (given.persons == 0 || (given.persons > 1 && given.category != Category.Nominee)) {
            revert PersonsOutOfRange(given.persons, given.category);
        }
        if (given.withholdingBps > MOST_WITHHOLDING_BPS) {
            revert WithholdingTooHigh(given.withholdingBps, MOST_WITHHOLDING_BPS);
        }
    }

    function _requireRecovery() private view {
        if (msg.sender != address(RECOVERY)) revert OnlyRecovery(msg.sender, address(RECOVERY));
    }

    /// @dev The identity is zero unless the wallet is active.
    function _holder(address wallet) private view returns (bytes32 identity, Investor storage person) {
        identity = _identities[wallet];
        person = _investors[identity];
        if (person.wallet != wallet) identity = 0;
    }

    /// @dev Ends: an estate passes to a living person only, so no circle closes.
    function _actingFor(bytes32 identity) private view returns (bytes32) {
        while (_investors[identity].wallet == address(0)) {
            bytes32 heir = _heirs[identity];
            if (heir == 0) break;
            identity = heir;
        }
        return identity;
    }
}
