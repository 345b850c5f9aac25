// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../identity/Category.sol";
import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {ICustodyTrust} from "../trust/ICustodyTrust.sol";
import {ClassTermsCodec} from "./ClassTerms.sol";
import {IERC7943Fungible} from "./IERC7943Fungible.sol";
import {LockedLots} from "./LockedLots.sol";
import {Refusal} from "./Refusal.sol";
import {ShareRegister} from "./ShareRegister.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title TransferRules
/// @notice Who may receive shares of a class, and how shares come, go and move: only to attested persons outside the
/// excluded countries and to trusts that the Directory opened; a newcomer only under the holder cap.
/// @dev The cap counts persons. How many a holder counts for is fixed when it joins, so that a nominee attested anew
/// moves nothing; a person who commits to a round under a cap has a place from then on.
abstract contract TransferRules is ShareRegister {
    /// @dev Who receives: a person, or a trust without an identity.
    struct Receiver {
        address wallet;
        bytes32 identity;
        Category category;
        uint16 persons;
        Refusal refusal;
    }

    IInvestorRegistry internal immutable REGISTRY;

    event SharesIssued(address indexed source, address indexed holder, uint256 shares, uint256 lockedUntil);
    event LockedSharesMoved(address indexed from, address indexed to, uint256 shares, uint256 lockedUntil);
    event PersonsCounted(address indexed holder, uint256 persons);

    error IssuanceRefused(address to, uint256 shares, Refusal reason);
    error AuthorisedExceeded(uint256 authorised, uint256 issuedAndReserved, uint256 requested);
    error NoShares();

    constructor(IInvestorRegistry registry_) {
        REGISTRY = registry_;
    }

    // ------------------------------------------------------------------------------------------ who

    function _receiver(address wallet) internal view returns (Receiver memory) {
        (bytes32 identity, IInvestorRegistry.Investor memory person) = REGISTRY.holderOf(wallet);
        return _receiver(wallet, identity, person);
    }

    function _receiver(address wallet, bytes32 identity, IInvestorRegistry.Investor memory person)
        internal
        view
        returns (Receiver memory to)
    {
        to.wallet = wallet;
        to.identity = identity;
        to.category = person.category;
        to.persons = person.persons == 0 ? 1 : person.persons;
        if (wallet == address(this)) to.refusal = Refusal.ReceiverIsToken;
        else if (identity == 0) _receiveInTrust(to);
        else if (block.timestamp >= person.expiresAt) to.refusal = Refusal.ReceiverNotEligible;
        else if (ClassTermsCodec.isExcluded(person.country)) to.refusal = Refusal.CountryExcluded;
    }

    /// @dev A trust whose deed names this class, and counts for the persons that it holds for: to any other trust the shares
    /// would be lost.
    function _receiveInTrust(Receiver memory to) private view {
        if (!_isTrust(to.wallet) || ICustodyTrust(to.wallet).shareClass() != address(this)) {
            to.refusal = Refusal.ReceiverNotEligible;
            return;
        }
        uint256 behind = ICustodyTrust(to.wallet).persons();
        if (behind > 1) to.persons = behind < type(uint16).max ? uint16(behind) : type(uint16).max;
    }

    function _isTrust(address account) internal view returns (bool) {
        return ICompanies(ClassTermsCodec.directory()).kindOf(account) == ICompanies.Kind.Trust;
    }

    /// @dev A wallet that was succeeded by another sends nothing; its shares follow by `recover`.
    function _maySend(address wallet) internal view returns (bool) {
        return REGISTRY.successorOf(wallet) == address(0);
    }

    // ------------------------------------------------------------------------------------------ persons

    /// @dev Whether the cap lets a newcomer in.
    /// @param from whose leaving with its last share makes room; zero when nobody leaves
    function _isFull(Register memory r, Receiver memory to, address from, uint256 leaving)
        internal
        view
        returns (bool)
    {
        uint256 cap = ClassTermsCodec.holderCap();
        if (cap == 0) return false;
        Place memory place = _loadPlace(to.identity);
        if (place.counted) return false;
        uint256 counted = uint256(r.persons) + _loadCapacity().places + (place.rounds > 0 ? place.persons : to.persons);
        if (counted <= cap) return false;
        // Who leaves while a round keeps a place for it makes no room.
        return leaving == 0 || counted - leaving > cap || _loadPlace(REGISTRY.identityOf(from)).rounds > 0;
    }

    /// @dev A holder joins the register with the persons of its place, or of its attestation.
    function _join(Register memory r, Receiver memory to, Holding memory t) private {
        t.persons = to.persons;
        if (ClassTermsCodec.holderCap() != 0) {
            Place memory place = _loadPlace(to.identity);
            if (place.rounds > 0) t.persons = place.persons;
            if (place.counted) _count(to.identity, place, false);
        }
        r.persons += t.persons;
        if (t.persons != 1) _emit(PersonsCounted.selector, _topic(to.wallet), abi.encode(t.persons));
    }

    /// @dev A holder leaves; a place that a round keeps for it counts again.
    function _leave(Register memory r, address from, Holding memory f) private {
        r.persons -= f.persons;
        f.persons = 0;
        if (ClassTermsCodec.holderCap() == 0) return;
        bytes32 identity = REGISTRY.identityOf(from);
        Place memory place = _loadPlace(identity);
        if (place.rounds > 0 && !place.counted) _count(identity, place, true);
    }

    function _count(bytes32 identity, Place memory place, bool counted) internal {
        Capacity memory c = _loadCapacity();
        if (counted) c.places += place.persons;
        else c.places -= place.persons;
        _storeCapacity(c);
        place.counted = counted;
        _storePlace(identity, place);
    }

    // ------------------------------------------------------------------------------------------ shares

    /// @dev Moves shares between two wallets; at least one, at most what `from` holds.
    function _move(
        Register memory r,
        address from,
        Holding memory f,
        Receiver memory to,
        Holding memory t,
        uint64 shares
    ) internal {
        if (f.lots > 0) {
            LockedLots.Lot[] memory moving = _takeLots(r, from, f, shares);
            _addLots(r, to.wallet, t, moving, LockedLots.MOST);
            _emitLots(LockedSharesMoved.selector, from, to.wallet, moving);
        }
        uint32 persons = r.persons;
        f.balance -= shares;
        if (t.balance == 0) _join(r, to, t);
        t.balance += shares;
        if (f.balance == 0) _leave(r, from, f);
        if (r.persons != persons) _storeRegister(r);
        _save(r, from, f);
        _save(r, to.wallet, t);
    }

    /// @dev Issues `shares`, of which `lots` are locked; the caller has made sure that they are authorised.
    /// @param source the round, the company's controller, or the class from which they were converted
    function _issue(Register memory r, address source, Receiver memory to, uint64 shares, LockedLots.Lot[] memory lots)
        internal
    {
        Holding memory t = _holdingOf(r, to.wallet);
        Refusal refusal = _issuanceRefusal(r, to, t, lots);
        if (refusal != Refusal.None) revert IssuanceRefused(to.wallet, shares, refusal);
        _addLots(r, to.wallet, t, lots, LockedLots.MOST);
        if (t.balance == 0) _join(r, to, t);
        t.balance += shares;
        r.supply += shares;
        _storeRegister(r);
        _save(r, to.wallet, t);
        _emitTransfer(address(0), to.wallet, shares);
        uint256 free = shares - LockedLots.sum(lots);
        if (free > 0) _emitLot(SharesIssued.selector, source, to.wallet, free, 0);
        _emitLots(SharesIssued.selector, source, to.wallet, lots);
    }

    function _issuanceRefusal(Register memory r, Receiver memory to, Holding memory t, LockedLots.Lot[] memory lots)
        internal
        view
        returns (Refusal)
    {
        if (to.refusal != Refusal.None) return to.refusal;
        if (uint256(t.lots) + lots.length > LockedLots.MOST && lots.length > 0) {
            uint256 count = LockedLots.merge(_liveLots(r, to.wallet, t), lots).length;
            if (count > LockedLots.MOST) return Refusal.TooManyLots;
        }
        return t.balance == 0 && _isFull(r, to, address(0), 0) ? Refusal.HolderCapReached : Refusal.None;
    }

    /// @dev Ends shares of the caller, at least one, none of them frozen, and returns the locked lots among them.
    function _end(Register memory r, uint64 shares) internal returns (LockedLots.Lot[] memory lots) {
        Holding memory h = _holdingOf(r, msg.sender);
        if (shares == 0) revert NoShares();
        if (shares > h.balance) revert IERC20Errors.ERC20InsufficientBalance(msg.sender, h.balance, shares);
        uint256 unfrozen = _unfrozen(r, msg.sender, h);
        if (shares > unfrozen) {
            revert IERC7943Fungible.ERC7943InsufficientUnfrozenBalance(msg.sender, shares, unfrozen);
        }
        lots = _takeLots(r, msg.sender, h, shares);
        _emitLots(LockedSharesMoved.selector, msg.sender, address(0), lots);
        h.balance -= shares;
        r.supply -= shares;
        if (h.balance == 0) _leave(r, msg.sender, h);
        _storeRegister(r);
        _save(r, msg.sender, h);
        _emitTransfer(msg.sender, address(0), shares);
    }

    function _requireAuthorised(Register memory r, uint64 shares) internal view {
        Capacity memory c = _loadCapacity();
        uint256 taken = uint256(r.supply) + c.reserved;
        if (taken + shares > c.authorised) revert AuthorisedExceeded(c.authorised, taken, shares);
    }

    /// @dev One lot, or none when it would be free already.
    function _lot(uint64 shares, uint64 lockedUntil) internal view returns (LockedLots.Lot[] memory lots) {
        if (lockedUntil <= block.timestamp) return lots;
        lots = new LockedLots.Lot[](1);
        lots[0] = LockedLots.Lot(shares, lockedUntil);
    }

    // ------------------------------------------------------------------------------------------ events

    function _emitTransfer(address from, address to, uint256 shares) internal {
        _emit(IERC20.Transfer.selector, _topic(from), _topic(to), abi.encode(shares));
    }

    function _emitLots(bytes32 signature, address first, address second, LockedLots.Lot[] memory lots) internal {
        for (uint256 i = 0; i < lots.length; ++i) {
            _emitLot(signature, first, second, lots[i].shares, lots[i].lockedUntil);
        }
    }

    function _emitLot(bytes32 signature, address first, address second, uint256 shares, uint256 lockedUntil) private {
        _emit(signature, _topic(first), _topic(second), abi.encode(shares, lockedUntil));
    }
}
