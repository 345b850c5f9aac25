// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../identity/Category.sol";
import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {ClassTermsCodec} from "./ClassTerms.sol";
import {INominee} from "./INominee.sol";
import {LockedLots} from "./LockedLots.sol";
import {RecordDates} from "./RecordDates.sol";
import {Refusal} from "./Refusal.sol";

/// @title TransferRules
/// @notice Who may receive shares of a class, and when: attested persons outside the excluded countries, and trusts
/// that the Directory opened; locked shares only to those whom 17 CFR 227.501(a) exempts; newcomers only under the
/// holder cap. A sender's attestation is not asked for: to let a lapsed attestation stop a sale would be a freeze
/// without an order.
/// @dev The cap counts persons. How many a holder counts for is fixed when it joins, so that a nominee attested anew
/// moves nothing; a person who commits to a round under a cap has a place from then on.
abstract contract TransferRules is RecordDates {
    /// @dev One slot: persons 0, rounds 16, counted 32.
    /// @param persons that the place is for, fixed when the first round kept it
    /// @param rounds that keep it
    /// @param counted whether it is among `Capacity.places`: not while the person holds shares
    struct Place {
        uint16 persons;
        uint16 rounds;
        bool counted;
    }

    /// @dev Who receives: a person, or a trust without an identity.
    struct Receiver {
        address wallet;
        bytes32 identity;
        Category category;
        uint16 persons;
        Refusal refusal;
    }

    IInvestorRegistry internal immutable REGISTRY;

    mapping(bytes32 identity => Place) internal _places;

    event PlaceReserved(address indexed round, bytes32 indexed identity, uint256 persons);
    event PlaceReleased(address indexed round, bytes32 indexed identity, uint256 persons);
    event PersonsCounted(address indexed holder, uint256 persons);

    error PlaceRefused(bytes32 identity, Refusal reason);

    constructor(IInvestorRegistry registry_) {
        REGISTRY = registry_;
    }

    // ------------------------------------------------------------------------------------------ receivers

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
        if (wallet == address(this)) to.refusal = Refusal.ReceiverIsToken;
        else if (identity == 0) _receiveInTrust(to);
        else if (block.timestamp >= person.expiresAt) to.refusal = Refusal.ReceiverNotEligible;
        else if (ClassTermsCodec.isExcluded(person.country)) to.refusal = Refusal.CountryExcluded;
        to.identity = identity;
        to.category = person.category;
        if (identity != 0) to.persons = person.persons == 0 ? 1 : person.persons;
    }

    function _receiveInTrust(Receiver memory to) private view {
        if (ICompanies(ClassTermsCodec.directory()).kindOf(to.wallet) != ICompanies.Kind.Trust) {
            to.refusal = Refusal.ReceiverNotEligible;
            return;
        }
        to.persons = 1;
        try INominee(to.wallet).personsBehind() returns (uint256 behind) {
            if (behind > 1) to.persons = behind < type(uint16).max ? uint16(behind) : type(uint16).max;
        } catch {}
    }

    // ------------------------------------------------------------------------------------------ transfers

    /// @dev In this order: who, then how many, then which shares, then the cap.
    function _refusal(
        Register memory r,
        address from,
        Holding memory f,
        Receiver memory to,
        Holding memory t,
        uint256 shares
    ) internal view returns (Refusal) {
        if (to.refusal != Refusal.None) return to.refusal;
        if (REGISTRY.successorOf(from) != address(0)) return Refusal.SenderSucceeded;
        // A lack of balance is the base token's matter (ERC-7943), and no rule's.
        if (shares > f.balance) return Refusal.None;
        if (f.frozen && shares > _unfrozen(r, from, f)) return Refusal.Frozen;
        if (shares == 0 || from == to.wallet) return Refusal.None;
        Refusal refusal = _lockRefusal(r, from, f, to, t, shares);
        if (refusal != Refusal.None) return refusal;
        if (t.balance > 0) return Refusal.None;
        return _capRefusal(r, from, f, to, shares, true);
    }

    function _lockRefusal(
        Register memory r,
        address from,
        Holding memory f,
        Receiver memory to,
        Holding memory t,
        uint256 shares
    ) private view returns (Refusal) {
        uint256 locked = _lockedToMove(r, from, f, shares);
        if (locked == 0) return Refusal.None;
        if (!_mayReceiveLocked(from, to)) return Refusal.Locked;
        (LockedLots.Lot[] memory moving,) = LockedLots.split(_liveLots(r, from, f), locked);
        LockedLots.Lot[] memory kept = _liveLots(r, to.wallet, t);
        uint256 count = LockedLots.merge(kept, moving).length;
        return count > LockedLots.MOST_BY_TRANSFER && count > kept.length ? Refusal.TooManyLots : Refusal.None;
    }

    /// @dev Whether the cap lets this receiver in, and a newcomer's transfer is not dust.
    /// @param from whose leaving makes room; zero for an issuance
    function _capRefusal(
        Register memory r,
        address from,
        Holding memory f,
        Receiver memory to,
        uint256 shares,
        bool byTransfer
    ) internal view returns (Refusal) {
        uint256 cap = ClassTermsCodec.holderCap();
        if (cap == 0) return Refusal.None;
        if (byTransfer && shares < ClassTermsCodec.smallestHolding() * _growth(0, r.lastSplit)) {
            return Refusal.BelowSmallestHolding;
        }
        Place memory place = _places[to.identity];
        if (place.counted) return Refusal.None;
        uint256 counted = uint256(r.persons) + _capacity.places + (place.rounds > 0 ? place.persons : to.persons);
        if (counted <= cap) return Refusal.None;
        bool leaves = byTransfer && shares == f.balance && _places[REGISTRY.identityOf(from)].rounds == 0;
        return leaves && counted - f.persons <= cap ? Refusal.None : Refusal.HolderCapReached;
    }

    /// @dev Of `shares` leaving, those that must come out of live lots: free shares go first.
    function _lockedToMove(Register memory r, address from, Holding memory f, uint256 shares)
        internal
        view
        returns (uint256)
    {
        uint256 locked = _lockedIn(r, from, f);
        uint256 free = f.balance - locked;
        return shares > free ? shares - free : 0;
    }

    /// @dev 17 CFR 227.501(a): to the issuer (1), to an accredited investor (2), within a family, to a trust of the
    /// holder's, in death or divorce (4); an institution is accredited under 17 CFR 230.501(a).
    function _mayReceiveLocked(address from, Receiver memory to) private view returns (bool) {
        if (to.category == Category.Accredited || to.category == Category.Institution) return true;
        return to.wallet == _controller() || REGISTRY.exemptTransfer(from, to.wallet);
    }

    /// @dev Shares that are not frozen; zero when more is frozen than held.
    function _unfrozen(Register memory r, address wallet, Holding memory h) internal view virtual returns (uint256);

    // ------------------------------------------------------------------------------------------ persons and places

    /// @dev A holder joins the register with the persons of its place, or of its attestation.
    function _join(Register memory r, Receiver memory to, Holding memory t) internal {
        t.persons = to.persons;
        if (ClassTermsCodec.holderCap() != 0) {
            Place memory place = _places[to.identity];
            if (place.rounds > 0) t.persons = place.persons;
            if (place.counted) _count(to.identity, place, false);
        }
        r.persons += t.persons;
        if (t.persons != 1) _emit(PersonsCounted.selector, _topic(to.wallet), abi.encode(t.persons));
    }

    /// @dev A holder leaves; a place that a round keeps for it counts again.
    function _leave(Register memory r, address from, Holding memory f) internal {
        r.persons -= f.persons;
        f.persons = 0;
        if (ClassTermsCodec.holderCap() == 0) return;
        bytes32 identity = REGISTRY.identityOf(from);
        Place memory place = _places[identity];
        if (place.rounds > 0 && !place.counted) _count(identity, place, true);
    }

    function _count(bytes32 identity, Place memory place, bool counted) internal {
        if (counted) _capacity.places += place.persons;
        else _capacity.places -= place.persons;
        place.counted = counted;
        _places[identity] = place;
    }

    /// @dev A round keeps a place for whoever commits to it.
    function _reservePlace(bytes32 identity) internal {
        if (ClassTermsCodec.holderCap() == 0) return;
        Place memory place = _places[identity];
        if (place.rounds == 0) {
            IInvestorRegistry.Investor memory person = REGISTRY.investor(identity);
            Receiver memory to = _receiver(person.wallet, identity, person);
            Holding memory h = _holdings[person.wallet];
            place.persons = h.balance > 0 ? h.persons : to.persons;
            if (h.balance == 0) {
                Refusal refusal = _capRefusal(_register, address(0), h, to, 0, false);
                if (refusal != Refusal.None) revert PlaceRefused(identity, refusal);
                _count(identity, place, true);
            }
        }
        ++place.rounds;
        _places[identity] = place;
        _emit(PlaceReserved.selector, _topic(msg.sender), identity, abi.encode(place.persons));
    }

    /// @dev Never reverts: without a place nothing happens.
    function _releasePlace(bytes32 identity) internal {
        Place memory place = _places[identity];
        if (place.rounds == 0) return;
        _emit(PlaceReleased.selector, _topic(msg.sender), identity, abi.encode(place.persons));
        if (--place.rounds > 0) {
            _places[identity] = place;
            return;
        }
        if (place.counted) _capacity.places -= place.persons;
        delete _places[identity];
    }
}
