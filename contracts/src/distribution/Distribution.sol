// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {Instance} from "../ledger/Instance.sol";
import {PackedArgs} from "../ledger/PackedArgs.sol";
import {Conserved, Position} from "../settlement/Conserved.sol";
import {ITrustBooks} from "../trust/ICustodyTrust.sol";
import {ITrustees} from "../vote/ITrustees.sol";
import {DistributionTerms, DistributionTermsCodec} from "./DistributionTerms.sol";
import {Entitlement} from "./Entitlement.sol";
import {IShareRegister} from "./IShareRegister.sol";
import {WithholdingRates} from "./WithholdingRates.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Distribution
/// @notice What one company distributes to the holders of one share class in one token: dividends, liquidation pay-outs,
/// returned proceeds. Each goes by what was held at a record date, the issuer's own shares left out; whoever is entitled
/// claims it, or anyone has it paid to them. What rounding leaves is carried to the next one; what nobody claims stays
/// owed for ever. No claim asks for a role, an attestation or the state of the shares: frozen, locked and expired
/// holders are paid.
/// @dev Declared -> funded -> claims open, once the record date has passed too. The figures of the distribution opened
/// last lie in one slot with all that is owed, so that a claim writes that slot, the holder's, and the history head.
contract Distribution is Instance, ReentrancyGuardTransient, Conserved {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;
    using WithholdingRates for WithholdingRates.Rate[];

    /// @notice Tax is withheld from dividends only: the others give back what was put in.
    enum Kind {
        Dividend,
        LiquidationPayout,
        ReturnedProceeds
    }

    /// @notice `Returned`: when its claims were to open nobody but the issuer held shares, so the company has it back.
    enum Status {
        None,
        Declared,
        Funded,
        Open,
        Returned
    }

    /// @param pool what is shared out: the amount declared and, once claims are open, what was carried to it
    /// @param entitledShares zero until claims are open
    /// @param past whether another was opened since, so that its figures have moved to `_past`
    /// @param period that the record date put an end to, as `IShareRegister.periodBefore` says once claims open
    /// @param lastSplit period that began with the last split before the record date, likewise
    struct Declaration {
        uint96 pool;
        uint64 entitledShares;
        uint16 recordDate;
        Kind kind;
        Status status;
        bool past;
        uint16 period;
        uint16 lastSplit;
    }

    /// @param treasury the company's own wallet at the declaration
    /// @param amount declared, in the token's smallest unit
    struct Origin {
        address treasury;
        uint96 amount;
    }

    /// @param owed everything: funded and unclaimed, carried, credited to the company
    /// @param unclaimed of the distribution opened last
    /// @param sharesLeft whose holders have not claimed it
    struct Standing {
        uint96 owed;
        uint96 unclaimed;
        uint64 sharesLeft;
    }

    struct Remainder {
        uint96 unclaimed;
        uint64 sharesLeft;
    }

    /// @param declared how many there are; they are counted from 1
    /// @param current the one opened last, or zero
    /// @param carried what rounding left of those that everyone has claimed
    /// @param credit of the company: withheld from holders, or returned
    struct Books {
        uint32 declared;
        uint32 current;
        uint96 carried;
        uint96 credit;
    }

    /// @param payee whom the holder, or a recovery, put in its place; zero when nobody
    /// @param succeeded whether the wallet was given up for `payee`
    /// @param noted whether a withholding rate was ever noted
    /// @param claimed one bit for each of the first `EARLY` distributions
    struct Account {
        address payee;
        bool succeeded;
        bool noted;
        uint80 claimed;
    }

    /// @notice What a holder is due.
    struct Due {
        address payee;
        uint256 shares;
        uint256 entitlement;
        uint256 withheld;
    }

    /// @notice A distribution as it stands.
    struct Overview {
        Kind kind;
        Status status;
        uint16 recordDate;
        address treasury;
        uint256 amount;
        uint256 pool;
        uint256 entitledShares;
        uint256 unclaimed;
        uint256 unclaimedShares;
    }

    // Where the members of a declaration, of the standing and of an account lie in their slots, in bits.
    uint256 private constant ENTITLED_SHARES = 96;
    uint256 private constant RECORD_DATE = 160;
    uint256 private constant KIND = 176;
    uint256 private constant STATUS = 184;
    uint256 private constant PAST = 192;
    uint256 private constant PERIOD = 200;
    uint256 private constant LAST_SPLIT = 216;
    uint256 private constant UNCLAIMED = 96;
    uint256 private constant SHARES_LEFT = 192;
    uint256 private constant SUCCEEDED = 160;
    uint256 private constant NOTED = 168;
    /// @dev The mark of distribution 1 is the next bit.
    uint256 private constant BEFORE_CLAIMED = 175;

    /// @notice Gas that one holder of a batch can use up.
    uint256 public constant GAS_PER_CLAIM = 400_000;
    uint256 private constant EARLY = 80;

    IInvestorRegistry private immutable REGISTRY;

    Standing private _standing;
    Books private _books;
    mapping(uint256 id => Declaration) private _declarations;
    mapping(uint256 id => Origin) private _origins;
    mapping(uint256 id => Remainder) private _past;
    mapping(address holder => Account) private _accounts;
    mapping(address holder => mapping(uint256 page => uint256 bits)) private _claimedLater;
    mapping(address holder => WithholdingRates.Rate[]) private _rates;

    event DistributionsOpened(
        uint256 indexed companyId, address indexed shareClass, address indexed settlementToken, address directory
    );
    event DistributionDeclared(
        uint256 indexed id, Kind kind, uint256 recordDate, uint256 amount, address treasury, bytes32 documentHash
    );
    event DistributionFunded(uint256 indexed id, address indexed payer, uint256 amount);
    event ClaimsOpened(
        uint256 indexed id, uint256 pool, uint256 carried, uint256 entitledShares, uint256 treasuryShares
    );
    event DistributionReturned(uint256 indexed id, uint256 amount);
    event DistributionClaimed(
        uint256 indexed id, address indexed holder, address payee, uint256 entitlement, uint256 withheld, uint256 paid
    );
    event DustCarried(uint256 indexed id, uint256 amount);
    event PayeeSet(address indexed holder, address indexed payee);
    event PayeeSucceeded(address indexed holder, address indexed successor);
    event WithholdingNoted(address indexed holder, uint256 recordDate, uint256 withholdingBps);
    event CompanyPaid(address indexed recipient, uint256 amount, uint256 credit);
    event Shortfall(uint256 held, uint256 owed);

    error NotTheController(address caller, address controller);
    error NothingToDistribute();
    error NotInStatus(uint256 id, Status status, Status required);
    error UnknownRecordDate(uint256 index);
    error RecordDateNotReached(uint256 recordDate, uint256 time);
    error RecordDatePassed(uint256 recordDate, uint256 time);
    error HoldsLessThanItOwes(uint256 held, uint256 owed);
    error WrongAmountReceived(uint256 received, uint256 expected);
    error SurplusTooSmall(uint256 surplus, uint256 required);
    error AlreadyClaimed(uint256 id, address holder);
    error NothingToClaim(uint256 id, address holder);
    error RecoveryPending(bytes32 identity);
    error ShortfallNotAccepted(address caller, address owner, uint256 held, uint256 owed);
    error WalletWasSucceeded(address wallet, address successor);
    error NotSucceeded(address wallet);
    error PayeeIsDistribution();
    error TrustHoldsOtherMoney(address trust, address token);
    error OnlyItself(address caller);
    error NothingToPay();

    constructor(IInvestorRegistry registry_) {
        REGISTRY = registry_;
    }

    /// @inheritdoc Instance
    function open() external override opening {
        DistributionTerms memory t = terms();
        REGISTRY.declareInstance();
        _emit(
            DistributionsOpened.selector,
            bytes32(uint256(t.companyId)),
            _topic(t.shareClass),
            _topic(t.settlementToken),
            abi.encode(t.directory)
        );
    }

    // ------------------------------------------------------------------------------------------ the company

    /// @notice Declares a distribution, to be funded later; by the company's controller.
    /// @param recordDate index of a record date of the share class, passed or to come
    /// @param amount in the token's smallest unit
    /// @param documentHash keccak256 of the resolution
    function declare(Kind kind, uint16 recordDate, uint96 amount, bytes32 documentHash)
        external
        nonReentrant
        returns (uint256 id)
    {
        return _declare(kind, recordDate, amount, documentHash);
    }

    /// @notice Declares a distribution and funds it with the caller's money, approved beforehand.
    function declareAndFund(Kind kind, uint16 recordDate, uint96 amount, bytes32 documentHash)
        external
        nonReentrant
        returns (uint256 id)
    {
        id = _declare(kind, recordDate, amount, documentHash);
        _receive(id, amount);
    }

    /// @notice Funds a declared distribution with the caller's money, approved beforehand; by anyone, in whole.
    function fund(uint256 id) external nonReentrant {
        _receive(id, _origins[id].amount);
    }

    /// @notice Funds a declared distribution with what was sent here without being asked for; by the company's
    /// controller. So a trust pays a distribution by a disbursement to it.
    function fundFromSurplus(uint256 id) external nonReentrant {
        _requireController();
        uint256 held = _token().balanceOf(address(this));
        uint256 owed = _standing.owed;
        uint256 surplus = held > owed ? held - owed : 0;
        uint256 amount = _origins[id].amount;
        if (surplus < amount) revert SurplusTooSmall(surplus, amount);
        _funded(id, amount, address(this));
    }

    /// @notice Pays the company what was withheld or returned, by anyone, to whoever controls it now; in a shortfall, pro
    /// rata, by the controller alone.
    function payCompany() external nonReentrant returns (uint256 paid) {
        uint256 credit = _books.credit;
        if (credit == 0) revert NothingToPay();
        address recipient = ICompanies(PackedArgs.readAddress(DistributionTermsCodec.DIRECTORY))
            .payeeOf(PackedArgs.readUint(DistributionTermsCodec.COMPANY, 8), msg.sender);
        uint256 owed = _standing.owed;
        IERC20 token = _token();
        paid = _reduced(token, credit, owed, msg.sender, recipient);
        _books.credit = 0;
        _standing.owed = uint96(owed - credit);
        _emit(CompanyPaid.selector, _topic(recipient), abi.encode(paid, credit));
        token.safeTransfer(recipient, paid);
    }

    // ------------------------------------------------------------------------------------------ holders

    /// @notice Pays the caller, or its payee, what it is due; in a shortfall, pro rata.
    function claim(uint256 id) external nonReentrant returns (uint256 paid) {
        return _claim(id, msg.sender, msg.sender);
    }

    /// @notice Pays a holder, or its payee, what it is due; by anyone. What others push waits while a recovery of the
    /// holder is announced, and goes to the successor once it was carried out; in a shortfall it waits too, unless the
    /// payee itself asks for it, or a trustee in office of the trust that is paid.
    function claimFor(uint256 id, address holder) external nonReentrant returns (uint256 paid) {
        return _claim(id, holder, msg.sender);
    }

    /// @notice Pays many holders what they are due. Whoever can't be paid is passed over and stays entitled.
    /// @return paid how many were paid
    function claimMany(uint256 id, address[] calldata holders) external nonReentrant returns (uint256 paid) {
        if (_declarations[id].status != Status.Open) _openClaims(id);
        for (uint256 i = 0; i < holders.length; ++i) {
            try this.claimWithin{gas: GAS_PER_CLAIM}(id, holders[i], msg.sender) {
                ++paid;
            } catch {} // Its claim stays open, whatever the reason; what it answered is not even copied.
        }
    }

    /// @notice One holder of a batch; called by this contract alone, so that a payment that fails undoes itself only.
    function claimWithin(uint256 id, address holder, address caller) external {
        if (msg.sender != address(this)) revert OnlyItself(msg.sender);
        _claim(id, holder, caller);
    }

    /// @notice From now on what the caller is due is paid to `payee`; zero pays the caller again.
    function setPayee(address payee) external nonReentrant {
        if (payee == address(this)) revert PayeeIsDistribution();
        address successor = REGISTRY.successorOf(msg.sender);
        if (successor != address(0)) revert WalletWasSucceeded(msg.sender, successor);
        _accounts[msg.sender].payee = payee;
        _emit(PayeeSet.selector, _topic(msg.sender), _topic(payee), "");
    }

    /// @notice After a recovery: what the given-up wallet is due is the successor's from now on. By anyone.
    function followSuccessor(address holder) external nonReentrant {
        address successor = REGISTRY.successorOf(holder);
        if (successor == address(0)) revert NotSucceeded(holder);
        _save(_accounts[holder], _follow(holder, successor, _load(_accounts[holder])));
    }

    // ------------------------------------------------------------------------------------------ anyone

    /// @notice Opens the claims of a funded distribution whose record date has passed; the first claim does it too.
    function openClaims(uint256 id) external nonReentrant {
        _openClaims(id);
    }

    /// @notice Takes over the withholding rates attested for these holders now, for this record date and those after
    /// it; by anyone. With the record date, which is still to come, the rates are settled: whatever a registrar attests
    /// later takes nothing from what is then due, and what is withheld goes to the company as withholding agent. A
    /// holder for whom nobody did so is paid in full.
    function noteWithholding(uint16 recordDate, address[] calldata holders) external nonReentrant {
        uint256 date = _register().recordDates(recordDate);
        if (block.timestamp >= date) revert RecordDatePassed(date, block.timestamp);
        for (uint256 i = 0; i < holders.length; ++i) {
            address holder = holders[i];
            (bytes32 identity, IInvestorRegistry.Investor memory person) = REGISTRY.holderOf(_walletFor(holder));
            if (identity == 0 || !_rates[holder].note(uint40(date), person.withholdingBps)) continue;
            _accounts[holder].noted = true;
            _emit(WithholdingNoted.selector, _topic(holder), abi.encode(recordDate, person.withholdingBps));
        }
    }

    // ------------------------------------------------------------------------------------------ views

    function terms() public view returns (DistributionTerms memory) {
        return DistributionTermsCodec.unpack(PackedArgs.all());
    }

    /// @notice How many were declared; they are counted from 1.
    function distributionCount() external view returns (uint256) {
        return _books.declared;
    }

    function distribution(uint256 id) external view returns (Overview memory) {
        Declaration memory d = _declarations[id];
        Remainder memory r = _past[id];
        if (d.status == Status.Open && !d.past) r = Remainder(_standing.unclaimed, _standing.sharesLeft);
        if (d.status == Status.Funded) r.unclaimed = d.pool;
        return Overview({
            kind: d.kind,
            status: d.status,
            recordDate: d.recordDate,
            treasury: _origins[id].treasury,
            amount: _origins[id].amount,
            pool: d.pool,
            entitledShares: d.entitledShares,
            unclaimed: r.unclaimed,
            unclaimedShares: r.sharesLeft
        });
    }

    /// @notice What rounding left, to be added to the next distribution whose claims open.
    function carried() external view returns (uint256) {
        return _books.carried;
    }

    /// @notice What `payCompany` would pay.
    function companyCredit() external view returns (uint256) {
        return _books.credit;
    }

    /// @notice What a holder is due of a distribution whose claims are open; all zero once it was claimed.
    function dueTo(uint256 id, address holder) external view returns (Due memory due) {
        uint256 d = _load(_declarations[id]);
        uint256 account = _load(_accounts[holder]);
        if (uint8(d >> STATUS) != uint8(Status.Open) || _isClaimed(id, holder, account)) return due;
        due = _due(d, holder, account, address(_register()));
        address successor = REGISTRY.successorOf(holder);
        if (successor != address(0)) due.payee = successor;
    }

    function isClaimed(uint256 id, address holder) external view returns (bool) {
        return _isClaimed(id, holder, _load(_accounts[holder]));
    }

    function accountOf(address holder) external view returns (Account memory) {
        return _accounts[holder];
    }

    /// @notice The rate noted for a holder at a record date, in hundredths of a percent.
    function withholdingOf(address holder, uint16 recordDate) external view returns (uint256) {
        return _rateAt(holder, recordDate);
    }

    /// @inheritdoc Conserved
    function conserved() external view returns (Position[] memory positions) {
        IERC20 token = _token();
        uint256 held = token.balanceOf(address(this));
        uint256 owed = _standing.owed;
        positions = new Position[](1);
        positions[0] = Position(address(token), held, owed, held > owed ? held - owed : 0);
    }

    // ------------------------------------------------------------------------------------------ inside

    function _declare(Kind kind, uint16 recordDate, uint96 amount, bytes32 documentHash) private returns (uint256 id) {
        _requireController();
        if (amount == 0) revert NothingToDistribute();
        if (_register().recordDates(recordDate) == 0) revert UnknownRecordDate(recordDate);
        id = ++_books.declared;
        _declarations[id] = Declaration(amount, 0, recordDate, kind, Status.Declared, false, 0, 0);
        _origins[id] = Origin(msg.sender, amount);
        _emit(
            DistributionDeclared.selector, bytes32(id), abi.encode(kind, recordDate, amount, msg.sender, documentHash)
        );
    }

    function _receive(uint256 id, uint256 amount) private {
        IERC20 token = _token();
        uint256 held = token.balanceOf(address(this));
        uint256 owed = _standing.owed;
        if (held < owed) revert HoldsLessThanItOwes(held, owed);
        _funded(id, amount, msg.sender);
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - held;
        if (received != amount) revert WrongAmountReceived(received, amount);
    }

    function _funded(uint256 id, uint256 amount, address payer) private {
        _requireStatus(id, Status.Declared);
        _declarations[id].status = Status.Funded;
        _standing.owed = (uint256(_standing.owed) + amount).toUint96();
        _emit(DistributionFunded.selector, bytes32(id), _topic(payer), abi.encode(amount));
        if (block.timestamp >= _register().recordDates(_declarations[id].recordDate)) _openClaims(id);
    }

    function _openClaims(uint256 id) private {
        _requireStatus(id, Status.Funded);
        Declaration memory d = _declarations[id];
        IShareRegister register = _register();
        uint256 date = register.recordDates(d.recordDate);
        if (block.timestamp < date) revert RecordDateNotReached(date, block.timestamp);
        address treasury = _origins[id].treasury;
        (d.period, d.lastSplit) = register.periodBefore(d.recordDate);
        uint256 treasuryShares = register.balanceIn(treasury, d.period, d.lastSplit);
        d.entitledShares = (register.supplyAt(d.recordDate) - treasuryShares).toUint64();
        Books memory books = _books;
        if (d.entitledShares == 0) {
            d.status = Status.Returned;
            books.credit += d.pool;
            _emit(DistributionReturned.selector, bytes32(id), abi.encode(d.pool));
        } else {
            d.status = Status.Open;
            d.pool += books.carried;
            _emit(
                ClaimsOpened.selector, bytes32(id), abi.encode(d.pool, books.carried, d.entitledShares, treasuryShares)
            );
            books.carried = 0;
            _makeCurrent(id, d, books);
            _save(_accounts[treasury], _markClaimed(id, treasury, _load(_accounts[treasury])));
        }
        _declarations[id] = d;
        _books = books;
    }

    function _makeCurrent(uint256 id, Declaration memory d, Books memory books) private {
        Standing memory standing = _standing;
        if (books.current != 0) {
            _declarations[books.current].past = true;
            _past[books.current] = Remainder(standing.unclaimed, standing.sharesLeft);
        }
        books.current = id.toUint32();
        standing.unclaimed = d.pool;
        standing.sharesLeft = d.entitledShares;
        _standing = standing;
    }

    /// @dev Reads and writes each slot as one word, which a struct's members one by one would cost 2,000 gas more.
    function _claim(uint256 id, address holder, address caller) private returns (uint256 paid) {
        uint256 d = _openDeclaration(id);
        Account storage slot = _accounts[holder];
        uint256 account = _load(slot);
        if (_isClaimed(id, holder, account)) revert AlreadyClaimed(id, holder);
        if (caller != holder) account = _askRegistry(holder, account);
        (address shareClass, address token) = PackedArgs.readAddresses(DistributionTermsCodec.SHARE_CLASS);
        Due memory due = _due(d, holder, account, shareClass);
        if (due.shares == 0) revert NothingToClaim(id, holder);
        _save(slot, _markClaimed(id, holder, account));
        paid = due.entitlement - due.withheld;
        uint256 owed = _book(id, d >> PAST & 1 == 1, due, paid);
        paid = _reduced(IERC20(token), paid, owed, caller == holder ? due.payee : caller, due.payee);
        _emit(
            DistributionClaimed.selector,
            bytes32(id),
            _topic(holder),
            abi.encode(due.payee, due.entitlement, due.withheld, paid)
        );
        if (paid > 0) IERC20(token).safeTransfer(due.payee, paid);
    }

    /// @dev The declaration of a distribution whose claims are open, or open now.
    function _openDeclaration(uint256 id) private returns (uint256 d) {
        d = _load(_declarations[id]);
        if (uint8(d >> STATUS) == uint8(Status.Open)) return d;
        _openClaims(id);
        _requireStatus(id, Status.Open);
        return _load(_declarations[id]);
    }

    /// @dev Lowers what is owed and what the distribution still has unclaimed.
    /// @param amount of the entitlement that is not withheld
    /// @return owed before
    function _book(uint256 id, bool past, Due memory due, uint256 amount) private returns (uint256 owed) {
        Standing storage standing = _standing;
        uint256 word = _load(standing);
        owed = uint96(word);
        if (due.withheld > 0) _books.credit += uint96(due.withheld);
        if (past) {
            _bookPast(id, due);
            standing.owed = uint96(owed - amount);
            return owed;
        }
        uint256 unclaimed = uint96(word >> UNCLAIMED) - due.entitlement;
        uint256 sharesLeft = (word >> SHARES_LEFT) - due.shares;
        if (sharesLeft == 0) unclaimed = _carry(id, unclaimed);
        _save(standing, owed - amount | unclaimed << UNCLAIMED | sharesLeft << SHARES_LEFT);
    }

    /// @dev The same for one after which others were opened.
    function _bookPast(uint256 id, Due memory due) private {
        Remainder memory r = _past[id];
        uint256 unclaimed = r.unclaimed - due.entitlement;
        r.sharesLeft = uint64(r.sharesLeft - due.shares);
        r.unclaimed = uint96(r.sharesLeft == 0 ? _carry(id, unclaimed) : unclaimed);
        _past[id] = r;
    }

    /// @dev After the last holder: what is left is carried, and remains owed.
    function _carry(uint256 id, uint256 dust) private returns (uint256 unclaimed) {
        if (dust == 0) return 0;
        _books.carried += uint96(dust);
        _emit(DustCarried.selector, bytes32(id), abi.encode(dust));
    }

    /// @dev `amount` in full, or pro rata when the token's issuer took money away from this contract. Less than is owed
    /// is taken by its owner alone: others could otherwise make a passing shortfall final. A trust, which asks for nothing
    /// itself, speaks by its trustees.
    function _reduced(IERC20 token, uint256 amount, uint256 owed, address caller, address payee)
        private
        returns (uint256)
    {
        uint256 held = token.balanceOf(address(this));
        if (held >= owed) return amount;
        if (caller != payee && !_isTrusteeOf(payee, caller)) {
            revert ShortfallNotAccepted(msg.sender, payee, held, owed);
        }
        _emit(Shortfall.selector, abi.encode(held, owed));
        return Entitlement.inShortfall(amount, held, owed);
    }

    function _due(uint256 d, address holder, uint256 account, address shareClass)
        private
        view
        returns (Due memory due)
    {
        due.payee = address(uint160(account));
        if (due.payee == address(0)) due.payee = holder;
        due.shares = IShareRegister(shareClass).balanceIn(holder, uint16(d >> PERIOD), uint16(d >> LAST_SPLIT));
        due.entitlement = Entitlement.due(due.shares, uint96(d), uint64(d >> ENTITLED_SHARES));
        if (account >> NOTED & 1 == 1 && uint8(d >> KIND) == uint8(Kind.Dividend)) {
            due.withheld = Entitlement.withheld(due.entitlement, _rateAt(holder, uint16(d >> RECORD_DATE)));
        }
    }

    function _rateAt(address holder, uint16 recordDate) private view returns (uint256) {
        return _rates[holder].rateAt(uint40(_register().recordDates(recordDate)));
    }

    /// @dev Before others push: refuses while a recovery is announced, follows one that was carried out.
    function _askRegistry(address holder, uint256 account) private returns (uint256) {
        address successor = REGISTRY.successorOf(holder);
        bytes32 identity = REGISTRY.identityOf(successor == address(0) ? holder : successor);
        if (identity == 0) _requireHolds(holder);
        else if (REGISTRY.recoveryAnnounced(identity)) revert RecoveryPending(identity);
        return successor == address(0) ? account : _follow(holder, successor, account);
    }

    function _isTrust(address account) private view returns (bool) {
        address directory = PackedArgs.readAddress(DistributionTermsCodec.DIRECTORY);
        return ICompanies(directory).kindOf(account) == ICompanies.Kind.Trust;
    }

    function _isTrusteeOf(address trust, address person) private view returns (bool) {
        if (!_isTrust(trust)) return false;
        address[] memory trustees = ITrustees(trust).trustees();
        for (uint256 i = 0; i < trustees.length; ++i) {
            if (trustees[i] == person) return true;
        }
        return false;
    }

    /// @dev A trust is paid only in the money that its deed says it holds: anything else would be lost to it.
    function _requireHolds(address holder) private view {
        if (!_isTrust(holder)) return;
        address token = address(_token());
        if (ITrustBooks(holder).settlementToken() != token) revert TrustHoldsOtherMoney(holder, token);
    }

    /// @dev The wallet that stands for a holder: its successor's once it was given up.
    function _walletFor(address holder) private view returns (address) {
        address successor = REGISTRY.successorOf(holder);
        return successor == address(0) ? holder : successor;
    }

    function _follow(address holder, address successor, uint256 account) private returns (uint256) {
        if (account >> SUCCEEDED & 1 == 1 && address(uint160(account)) == successor) return account;
        _emit(PayeeSucceeded.selector, _topic(holder), _topic(successor), "");
        return account >> SUCCEEDED << SUCCEEDED | 1 << SUCCEEDED | uint160(successor);
    }

    function _isClaimed(uint256 id, address holder, uint256 account) private view returns (bool) {
        if (id <= EARLY) return account >> BEFORE_CLAIMED >> id & 1 == 1;
        return _claimedLater[holder][(id - 1) / 256] >> ((id - 1) % 256) & 1 == 1;
    }

    function _markClaimed(uint256 id, address holder, uint256 account) private returns (uint256) {
        if (id <= EARLY) return account | 1 << BEFORE_CLAIMED << id;
        _claimedLater[holder][(id - 1) / 256] |= 1 << ((id - 1) % 256);
        return account;
    }

    function _requireStatus(uint256 id, Status required) private view {
        Status status = _declarations[id].status;
        if (status != required) revert NotInStatus(id, status, required);
    }

    function _requireController() private view {
        address controller = _controller();
        if (msg.sender != controller) revert NotTheController(msg.sender, controller);
    }

    function _controller() private view returns (address) {
        return ICompanies(PackedArgs.readAddress(DistributionTermsCodec.DIRECTORY))
            .controllerOf(PackedArgs.readUint(DistributionTermsCodec.COMPANY, 8));
    }

    function _token() private view returns (IERC20) {
        return IERC20(PackedArgs.readAddress(DistributionTermsCodec.SETTLEMENT_TOKEN));
    }

    function _register() private view returns (IShareRegister) {
        return IShareRegister(PackedArgs.readAddress(DistributionTermsCodec.SHARE_CLASS));
    }

    // What Solidity would read and write member by member, as one word.

    function _load(Declaration storage d) private view returns (uint256 word) {
        assembly ("memory-safe") {
            word := sload(d.slot)
        }
    }

    function _load(Standing storage standing) private view returns (uint256 word) {
        assembly ("memory-safe") {
            word := sload(standing.slot)
        }
    }

    function _save(Standing storage standing, uint256 word) private {
        assembly ("memory-safe") {
            sstore(standing.slot, word)
        }
    }

    function _load(Account storage account) private view returns (uint256 word) {
        assembly ("memory-safe") {
            word := sload(account.slot)
        }
    }

    function _save(Account storage account, uint256 word) private {
        assembly ("memory-safe") {
            sstore(account.slot, word)
        }
    }
}
