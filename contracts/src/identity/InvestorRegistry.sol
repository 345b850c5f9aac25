// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HistoryChain} from "../ledger/HistoryChain.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {Category} from "./Category.sol";
import {IInvestorRegistry} from "./IInvestorRegistry.sol";
import {PackedInvestor, PackedInvestorCodec} from "./PackedInvestor.sol";
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
    /// @param country ISO 3166-1 numeric, 0 to 999
    /// @param expiresAt first second at which the attestation no longer counts, UTC; before the year 2514
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
    uint256 private constant MILLION = 1e6;

    Recovery private immutable RECOVERY;
    /// @notice The regime and the currency whose limits cost no slot of their own.
    bytes32 public immutable homeRegime;
    bytes3 public immutable homeCurrency;

    mapping(bytes32 identity => PackedInvestor) private _investors;
    mapping(address wallet => bytes32 identity) private _identities;
    mapping(bytes32 identity => mapping(bytes32 regime => mapping(bytes3 currency => uint256 amount))) private _limits;
    mapping(bytes32 identity => mapping(bytes32 issuer => uint256 since)) private _affiliates;
    mapping(address from => mapping(address to => uint256 expiresAt)) private _exemptions;
    mapping(bytes32 identity => bytes32 heir) private _heirs;
    mapping(address wallet => bool) private _instances;

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
    event InstanceDeclared(address indexed instance);
    event EstatePassed(bytes32 indexed identity, bytes32 indexed heir, address indexed oldWallet, address newWallet);

    error IdentityMissing();
    error WalletMissing();
    error CategoryMissing();
    error CountryOutOfRange(uint256 country, uint256 last);
    error PersonsOutOfRange(uint256 persons, Category category);
    error WithholdingTooHigh(uint256 withholdingBps, uint256 most);
    error WalletBelongsToAnother(address wallet, bytes32 holder, bytes32 given);
    error IdentityHasAnotherWallet(bytes32 identity, address active, address given);
    error EstateHasPassed(bytes32 identity, bytes32 heir);
    error AttestationInThePast(uint40 expiresAt, uint256 time);
    error AttestationTooLong(uint40 expiresAt, uint256 last);
    error UnknownIdentity(bytes32 identity);
    error LimitsDoNotMatch(uint256 attestations, uint256 limits);
    error IssuerMissing();
    error SameWalletTwice(address wallet);
    error OnlyRecovery(address caller, address recovery);
    error WalletTaken(address wallet, bytes32 holder);
    error WalletIsInstance(address wallet);
    error HeirIsTheDead(bytes32 identity, bytes32 heir);

    /// @param recovery_ the only contract that may replace a wallet
    /// @param homeRegime_ as `IRoundRules.regime` names it: the regime most persons are attested for
    /// @param homeCurrency_ ISO 4217, three letters
    constructor(IAccessManager authority_, Recovery recovery_, bytes32 homeRegime_, bytes3 homeCurrency_)
        Restricted(authority_)
    {
        RECOVERY = recovery_;
        homeRegime = homeRegime_;
        homeCurrency = homeCurrency_;
    }

    // ------------------------------------------------------------------------------------------ registrar

    /// @notice Attests a person, or renews their attestation, and sets the figures that are given; others stay.
    /// @dev Another wallet for a known person is refused: a lost key is a matter of recovery, not of attestation.
    function attest(Attestation calldata attestation, YearlyLimit[] calldata limits) external restricted {
        uint256 homeLimit = _admit(attestation).homeLimit();
        for (uint256 i = 0; i < limits.length; ++i) {
            YearlyLimit calldata limit = limits[i];
            homeLimit = _limit(attestation.identity, limit.regime, limit.currency, limit.amount, homeLimit);
        }
        _record(attestation, homeLimit);
    }

    /// @notice Attests many persons at once, each with one figure under the same regime and in the same currency.
    /// @param amounts one for each attestation, or none at all
    function attestAll(Attestation[] calldata attestations, bytes32 regime, bytes3 currency, uint256[] calldata amounts)
        external
        restricted
    {
        bool limited = amounts.length != 0;
        if (limited && amounts.length != attestations.length) {
            revert LimitsDoNotMatch(attestations.length, amounts.length);
        }
        for (uint256 i = 0; i < attestations.length; ++i) {
            Attestation calldata attestation = attestations[i];
            uint256 homeLimit = _admit(attestation).homeLimit();
            if (limited) homeLimit = _limit(attestation.identity, regime, currency, amounts[i], homeLimit);
            _record(attestation, homeLimit);
        }
    }

    /// @notice Ends a person's eligibility now. What they hold and what they are owed is not touched.
    function revoke(bytes32 identity, bytes32 reason) external restricted {
        address wallet = activeWalletOf(identity);
        _investors[identity] = _investors[identity].withExpiresAt(block.timestamp);
        _emit(InvestorRevoked.selector, identity, _topic(wallet), abi.encode(reason));
    }

    /// @notice Says whether a person is an affiliate of an issuer: one that controls it, is controlled by it, or is
    /// under common control with it (17 CFR 230.405).
    /// @dev Attested again, it counts from when it was first attested.
    /// @param issuer as `ICompanies.issuerKey` names it
    function attestAffiliate(bytes32 identity, bytes32 issuer, bool affiliate, bytes32 documentHash)
        external
        restricted
    {
        if (identity == 0) revert IdentityMissing();
        if (issuer == 0) revert IssuerMissing();
        uint256 since = _affiliates[identity][issuer];
        if ((since != 0) != affiliate) _affiliates[identity][issuer] = affiliate ? block.timestamp : 0;
        _emit(AffiliateAttested.selector, identity, issuer, abi.encode(affiliate, documentHash));
    }

    /// @notice Attests that shares may pass from one wallet to another during a lock-up (17 CFR 227.501(a)(3) and (4)), or,
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

    // ------------------------------------------------------------------------------------------ contracts

    /// @inheritdoc IInvestorRegistry
    function declareInstance() external {
        requireFree(msg.sender);
        _instances[msg.sender] = true;
        _emit(InstanceDeclared.selector, _topic(msg.sender), "");
    }

    // ------------------------------------------------------------------------------------------ recovery

    /// @notice Called by Recovery: the person's wallet is succeeded by another, with everything attested.
    function succeed(bytes32 identity, address newWallet) external {
        _requireRecovery();
        address oldWallet = activeWalletOf(identity);
        requireFree(newWallet);
        _identities[newWallet] = identity;
        _investors[identity] = _investors[identity].withWallet(newWallet);
        _emit(WalletSucceeded.selector, identity, _topic(oldWallet), _topic(newWallet), "");
    }

    /// @notice Called by Recovery: what is the dead person's is from now on the heir's, or that of whom the heir's own
    /// estate passed to. Whether the heir's attestation has expired does not matter.
    function inherit(bytes32 identity, bytes32 heir) external {
        _requireRecovery();
        address oldWallet = activeWalletOf(identity);
        bytes32 living = livingHeirOf(identity, heir);
        _heirs[identity] = living;
        _investors[identity] = _investors[identity].withWallet(address(0));
        _emit(EstatePassed.selector, identity, living, _topic(oldWallet), abi.encode(_investors[living].wallet()));
    }

    // ------------------------------------------------------------------------------------------ views

    function recovery() external view returns (Recovery) {
        return RECOVERY;
    }

    /// @inheritdoc IInvestorRegistry
    function personOf(address wallet) external view returns (bytes32 identity, Category category, bool eligible) {
        PackedInvestor person;
        (identity, person) = _holder(wallet);
        return (identity, person.category(), block.timestamp < person.expiresAt());
    }

    /// @inheritdoc IInvestorRegistry
    function holderOf(address wallet) external view returns (bytes32 identity, Investor memory person) {
        PackedInvestor known;
        (identity, known) = _holder(wallet);
        return (identity, known.unpack());
    }

    /// @inheritdoc IInvestorRegistry
    function transferParties(address from, address to)
        external
        view
        returns (bool fromSucceeded, bytes32 identity, PackedInvestor person)
    {
        bytes32 sender = _identities[from];
        fromSucceeded = sender != 0 && _investors[sender].wallet() != from;
        (identity, person) = _holder(to);
    }

    /// @inheritdoc IInvestorRegistry
    function investor(bytes32 identity) external view returns (Investor memory) {
        (, PackedInvestor person) = _actingFor(identity);
        return person.unpack();
    }

    /// @inheritdoc IInvestorRegistry
    function identityOf(address wallet) external view returns (bytes32 identity) {
        (identity,) = _holder(wallet);
    }

    /// @inheritdoc IInvestorRegistry
    function yearlyLimit(bytes32 identity, bytes32 regime, bytes3 currency) external view returns (uint256) {
        if (_isHome(regime, currency)) {
            uint256 units = _investors[identity].homeLimit();
            if (units != PackedInvestorCodec.LIMIT_ELSEWHERE) return units * MILLION;
        }
        return _limits[identity][regime][currency];
    }

    /// @inheritdoc IInvestorRegistry
    function isAffiliate(bytes32 identity, bytes32 issuer) external view returns (bool) {
        return _affiliates[identity][issuer] != 0;
    }

    /// @inheritdoc IInvestorRegistry
    function affiliateSince(bytes32 identity, bytes32 issuer) external view returns (uint256) {
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
        (, PackedInvestor person) = _actingFor(identity);
        return person.wallet();
    }

    /// @inheritdoc IInvestorRegistry
    function recoveryAnnounced(bytes32 identity) external view returns (bool) {
        return RECOVERY.isPending(actingFor(identity));
    }

    /// @notice The identity that acts for this one: itself, or the one to which its estate passed.
    function actingFor(bytes32 identity) public view returns (bytes32 acting) {
        (acting,) = _actingFor(identity);
    }

    /// @notice The wallet of a person that acts for itself; reverts when there is none, or the estate has passed.
    function activeWalletOf(bytes32 identity) public view returns (address wallet) {
        wallet = _investors[identity].wallet();
        if (wallet == address(0)) revert UnknownIdentity(identity);
    }

    /// @notice Reverts unless the wallet was never anyone's and may be.
    function requireFree(address wallet) public view {
        if (wallet == address(0)) revert WalletMissing();
        bytes32 holder = _identities[wallet];
        if (holder != 0) revert WalletTaken(wallet, holder);
        if (_instances[wallet]) revert WalletIsInstance(wallet);
    }

    /// @notice Who would inherit now if the heir named is `heir`; reverts when that is nobody, or the dead themselves.
    function livingHeirOf(bytes32 identity, bytes32 heir) public view returns (bytes32 living) {
        living = actingFor(heir);
        if (_investors[living].wallet() == address(0)) revert UnknownIdentity(heir);
        if (living == identity) revert HeirIsTheDead(identity, heir);
    }

    /// @notice ERC-3643: whether the wallet's owner may receive shares now.
    function isVerified(address wallet) external view returns (bool) {
        (, PackedInvestor person) = _holder(wallet);
        return block.timestamp < person.expiresAt();
    }

    /// @notice ERC-3643: whether the wallet is a person's active one.
    function contains(address wallet) external view returns (bool) {
        (bytes32 identity,) = _holder(wallet);
        return identity != 0;
    }

    /// @notice ERC-3643: ISO 3166-1 numeric; zero when unknown.
    function investorCountry(address wallet) external view returns (uint16) {
        (, PackedInvestor person) = _holder(wallet);
        return person.country();
    }

    // ------------------------------------------------------------------------------------------ inside

    /// @dev Checks and announces an attestation, and binds the wallet of a newcomer.
    /// @return known what was attested before
    function _admit(Attestation calldata given) private returns (PackedInvestor known) {
        _requireComplete(given);
        known = _investors[given.identity];
        bytes32 holder = _identities[given.wallet];
        if (holder != 0 && holder != given.identity) {
            revert WalletBelongsToAnother(given.wallet, holder, given.identity);
        }
        address active = known.wallet();
        if (active != given.wallet) {
            if (active != address(0)) revert IdentityHasAnotherWallet(given.identity, active, given.wallet);
            // A person attested before has a category; without a wallet, their estate has passed.
            if (known.category() != Category.None) revert EstateHasPassed(given.identity, _heirs[given.identity]);
            if (_instances[given.wallet]) revert WalletIsInstance(given.wallet);
            _identities[given.wallet] = given.identity;
        }
        _emit(
            InvestorAttested.selector,
            given.identity,
            _topic(given.wallet),
            abi.encode(
                given.country, given.category, given.expiresAt, given.persons, given.withholdingBps, given.dossier
            )
        );
    }

    function _record(Attestation calldata given, uint256 homeLimit) private {
        Investor memory person =
            Investor(given.wallet, given.country, given.category, given.expiresAt, given.persons, given.withholdingBps);
        _investors[given.identity] = PackedInvestorCodec.pack(person, homeLimit);
    }

    /// @return the home limit as it is to be recorded
    function _limit(bytes32 identity, bytes32 regime, bytes3 currency, uint256 amount, uint256 homeLimit)
        private
        returns (uint256)
    {
        _emit(YearlyLimitAttested.selector, identity, regime, bytes32(currency), abi.encode(amount));
        if (_isHome(regime, currency)) {
            homeLimit = amount / MILLION;
            if (amount % MILLION == 0 && homeLimit < PackedInvestorCodec.LIMIT_ELSEWHERE) return homeLimit;
            homeLimit = PackedInvestorCodec.LIMIT_ELSEWHERE;
        }
        _limits[identity][regime][currency] = amount;
        return homeLimit;
    }

    function _isHome(bytes32 regime, bytes3 currency) private view returns (bool) {
        return regime == homeRegime && currency == homeCurrency;
    }

    function _requireComplete(Attestation calldata given) private view {
        if (given.identity == 0) revert IdentityMissing();
        if (given.wallet == address(0)) revert WalletMissing();
        if (given.category == Category.None) revert CategoryMissing();
        if (given.country > PackedInvestorCodec.LAST_COUNTRY) {
            revert CountryOutOfRange(given.country, PackedInvestorCodec.LAST_COUNTRY);
        }
        if (given.expiresAt <= block.timestamp) revert AttestationInThePast(given.expiresAt, block.timestamp);
        if (given.expiresAt > PackedInvestorCodec.LAST_SECOND) {
            revert AttestationTooLong(given.expiresAt, PackedInvestorCodec.LAST_SECOND);
        }
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

    /// @dev Both are zero unless the wallet is active.
    function _holder(address wallet) private view returns (bytes32 identity, PackedInvestor person) {
        identity = _identities[wallet];
        person = _investors[identity];
        if (person.wallet() != wallet) return (0, PackedInvestor.wrap(0));
    }

    /// @dev Ends: an estate passes to a living person only, so no circle closes.
    /// @return acting the first identity on the way that has a wallet, or the last
    function _actingFor(bytes32 identity) private view returns (bytes32 acting, PackedInvestor person) {
        acting = identity;
        person = _investors[acting];
        while (person.wallet() == address(0)) {
            bytes32 heir = _heirs[acting];
            if (heir == 0) break;
            acting = heir;
            person = _investors[acting];
        }
    }
}
