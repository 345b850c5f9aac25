// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {Commitment, CommitmentState} from "../../../src/round/Commitments.sol";
import {RoundStatus} from "../../../src/round/RoundEvents.sol";
import {RoundsWorld, Sale} from "./RoundsWorld.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice What a person has in a round, by the record kept beside it.
/// @param shares whose money the round holds
/// @param tallied of the tally's total
/// @param allotted once settled
/// @param counted against the yearly limit, on `countedOn`
struct Stake {
    address wallet;
    uint64 shares;
    uint64 tallied;
    uint64 allotted;
    uint64 counted;
    uint40 countedOn;
    bool settled;
}

/// @notice A round's money and shares, by the record kept beside it; money in the token's smallest unit.
/// @param escrow shares whose money is held for those who committed it
/// @param eligible the tally's total
/// @param proceedsTaken of what was due to the issuer or the trust
/// @param feeTaken of what was due to the platform
/// @param gifts that came unasked
/// @param wiped by the token's issuer
/// @param forgone by those who were paid in a shortfall
struct Books {
    uint256 escrow;
    uint256 eligible;
    uint256 sold;
    uint256 proceedsTaken;
    uint256 feeTaken;
    uint256 gifts;
    uint256 wiped;
    uint256 forgone;
    RoundStatus status;
}

/// @title RoundsRecord
/// @notice A ledger beside the ledger: from what was attempted and succeeded alone it works out what each person has in
/// each round, what each wallet must hold, what was allotted and what counts against whose limit.
abstract contract RoundsRecord is RoundsWorld {
    mapping(uint256 sale => mapping(uint256 person => Stake)) internal stakes;
    mapping(uint256 sale => Books) internal books;
    mapping(uint256 sale => uint256[]) internal order;
    mapping(address token => mapping(address wallet => uint256)) public must;
    mapping(address class => uint256) public delivered;

    error Astray(address to, uint256 given, uint256 expected);
    error OverTheLimit(uint256 counted, uint256 limit);
    error SettledUntallied(bytes32 identity);

    // ------------------------------------------------------------------------------------------ money

    function credits(uint256 r) public view returns (uint256 proceeds, uint256 fee) {
        Sale storage s = sales[r];
        Books storage b = books[r];
        uint256 gross = b.sold * s.price;
        fee = address(s.trust) == address(0) ? gross * FEE_BPS / 10_000 : 0;
        return (gross - fee - b.proceedsTaken, fee - b.feeTaken);
    }

    function owed(uint256 r) public view returns (uint256) {
        (uint256 proceeds, uint256 fee) = credits(r);
        return books[r].escrow * sales[r].price + proceeds + fee;
    }

    /// @dev What this much comes to, in full or in a shortfall pro rata.
    function _expected(uint256 r, uint256 due) internal view returns (uint256) {
        uint256 held = balance(sales[r].token, address(sales[r].round));
        uint256 all = owed(r);
        return held < all ? Math.mulDiv(due, held, all) : due;
    }

    /// @notice A call that pays `due` to one wallet: the round gives no more and no less, and to nobody else.
    function _pays(uint256 r, address by, bytes memory call, uint256 due, address to) internal returns (bool) {
        (address token, address round_) = (sales[r].token, address(sales[r].round));
        (uint256 held, uint256 had) = (balance(token, round_), balance(token, to));
        uint256 expected = _expected(r, due);
        if (!does(by, round_, call)) return false;
        if (held - balance(token, round_) != expected) revert Astray(to, held - balance(token, round_), expected);
        if (balance(token, to) - had != expected) revert Astray(to, balance(token, to) - had, expected);
        must[token][to] += expected;
        books[r].forgone += due - expected;
        if (expected < due) ++times["paid in a shortfall"];
        return true;
    }

    // ------------------------------------------------------------------------------------------ commitments

    function _committed(uint256 r, uint256 i, uint64 shares) internal {
        Stake storage k = stakes[r][i];
        if (k.wallet == address(0)) order[r].push(i);
        if (k.shares > 0) ++times["increased"];
        k.wallet = walletOf(i);
        k.shares += shares;
        (k.counted, k.countedOn) = (k.shares, uint40(block.timestamp / 1 days));
        books[r].escrow += shares;
        must[sales[r].token][k.wallet] -= shares * sales[r].price;
        if (!sales[r].limited) return;
        uint256 counted = counts(i);
        uint256 limit = limitOf(i);
        if (counted > limit) revert OverTheLimit(counted, limit);
    }

    function _gaveBack(uint256 r, uint256 i, uint64 shares) internal {
        Stake storage k = stakes[r][i];
        k.shares -= shares;
        if (!k.settled) k.counted -= shares;
        books[r].escrow -= shares;
    }

    // ------------------------------------------------------------------------------------------ the end

    /// @notice Follows a round on: what the tally counted when it ended, and whom settlement reached.
    function _observe(uint256 r) internal {
        Books storage b = books[r];
        RoundStatus now_ = sales[r].round.status();
        bool settles = b.status == RoundStatus.Settling;
        if (now_ == RoundStatus.Settling && !settles) _tallied(r);
        if (settles && now_ <= RoundStatus.Settled) _settled(r);
        if (b.status != now_) ++times[nameOfStatus(sales[r].kind, uint256(now_))];
        b.status = now_;
    }

    function _tallied(uint256 r) private {
        for (uint256 n = 0; n < order[r].length; ++n) {
            uint256 i = order[r][n];
            Commitment memory c = sales[r].round.commitmentOf(persons[i]);
            if (c.state == CommitmentState.Live) stakes[r][i].tallied = stakes[r][i].shares;
            books[r].eligible += stakes[r][i].tallied;
        }
    }

    /// @dev Allots by the running total over all that was tallied, whether or not the place is settled.
    function _settled(uint256 r) private {
        uint256 before = 0;
        (uint256 most, uint256 all) = (sales[r].most, books[r].eligible);
        for (uint256 n = 0; n < order[r].length; ++n) {
            Stake storage k = stakes[r][order[r][n]];
            (uint256 from, uint256 to) = (before, before + k.tallied);
            before = to;
            if (k.settled) continue;
            bytes32 identity = persons[order[r][n]];
            if (sales[r].round.commitmentOf(identity).state != CommitmentState.Settled) continue;
            if (k.tallied == 0) revert SettledUntallied(identity);
            k.settled = true;
            k.allotted = all <= most ? k.tallied : uint64(to * most / all - from * most / all);
            k.counted = k.allotted;
            k.shares -= k.allotted;
            books[r].escrow -= k.allotted;
            books[r].sold += k.allotted;
            delivered[address(sales[r].class)] += k.allotted;
            if (k.shares > 0) ++times["allotted less"];
        }
    }

    // ------------------------------------------------------------------------------------------ limits

    /// @notice What counts for a person in millionths of a dollar: commitments of Regulation Crowdfunding, each for a year
    /// from the day of its last addition, rounded up.
    function counts(uint256 i) public view returns (uint256 sum) {
        for (uint256 r = 0; r < sales.length; ++r) {
            Stake storage k = stakes[r][i];
            if (!sales[r].limited || k.counted == 0) continue;
            if (rules.lockedUntil(uint256(k.countedOn) * 1 days) <= block.timestamp / 1 days * 1 days) continue;
            uint256 amount = k.counted * sales[r].price;
            sum += sales[r].token == address(hostile) ? Math.ceilDiv(amount, 1e12) : amount;
        }
    }

    /// @notice 17 CFR 227.100(a)(2), of what the registrar attested.
    function limitOf(uint256 i) public view returns (uint256) {
        (uint256 least, uint256 attested) = (2500e6, registry.yearlyLimit(persons[i], REG_CF, USD));
        if (registry.investor(persons[i]).category == Category.Accredited) return type(uint256).max;
        return attested > least ? attested : least;
    }

    // ------------------------------------------------------------------------------------------ facts

    /// @notice By which a status of one kind of rounds is counted.
    function nameOfStatus(uint256 r, uint256 status_) public pure returns (bytes32) {
        return bytes32(abi.encodePacked("round ", uint8(48 + r), " status ", uint8(48 + status_)));
    }

    function nameOfState(uint256 r, uint256 state) public pure returns (bytes32) {
        return bytes32(abi.encodePacked("round ", uint8(48 + r), " state ", uint8(48 + state)));
    }

    /// @notice Counts how rounds and their commitments stand now.
    function countEnds() external {
        for (uint256 r = 0; r < sales.length; ++r) {
            uint256 kind = sales[r].kind;
            ++times[nameOfStatus(kind, uint256(sales[r].round.status()))];
            for (uint256 i = 0; i < PERSONS; ++i) {
                ++times[nameOfState(kind, uint256(sales[r].round.commitmentOf(persons[i]).state))];
            }
        }
    }

    function saleCount() external view returns (uint256) {
        return sales.length;
    }

    function saleAt(uint256 r) external view returns (Sale memory) {
        return sales[r];
    }

    function booksOf(uint256 r) external view returns (Books memory) {
        return books[r];
    }

    function stakeOf(uint256 r, uint256 i) external view returns (Stake memory) {
        return stakes[r][i];
    }

    function personAt(uint256 i) external view returns (bytes32) {
        return persons[i];
    }

    function everyWallet() external view returns (address[] memory) {
        return everyone;
    }
}
