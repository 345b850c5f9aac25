// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../src/distribution/Distribution.sol";
import {FundingRound} from "../src/round/FundingRound.sol";
import {RoundTerms} from "../src/round/RoundTerms.sol";
import {ClassTerms} from "../src/share/ClassTerms.sol";
import {ShareToken} from "../src/share/ShareToken.sol";
import {CustodyTrust} from "../src/trust/CustodyTrust.sol";
import {Beneficiary, Deed, Tranche} from "../src/trust/TrustDeed.sol";
import {HolderVote} from "../src/vote/HolderVote.sol";
import {Electorate, VoteTerms} from "../src/vote/VoteTerms.sol";
import {Ledger} from "./Ledger.sol";

/// @title Offerings
/// @notice A company that offers a class in a round whose proceeds a trust holds, pays distributions and asks its holders.
abstract contract Offerings is Ledger {
    address internal trusteeOne = makeAddr("trustee one");
    address internal trusteeTwo = makeAddr("trustee two");
    address internal trusteeThree = makeAddr("trustee three");

    CustodyTrust internal trust;
    Distribution internal payout;
    HolderVote internal vote;

    /// @notice The trustees are persons whom the registrar knows.
    function attestTrustees() internal {
        accredited("trustee one");
        accredited("trustee two");
        accredited("trustee three");
    }

    /// @notice Two of three trustees release a round's proceeds in two halves, each against a milestone and a week's
    /// challenge; 10 % of the allotted shares have a vote opened.
    function proceedsDeed() internal view returns (Deed memory deed) {
        deed.terms.settlor = issuer;
        deed.terms.settlementToken = address(dollar);
        deed.terms.threshold = 2;
        deed.terms.challengePeriod = 7 days;
        deed.terms.vacancyPeriod = 30 days;
        deed.terms.longStop = uint40(block.timestamp + 1095 days);
        deed.terms.platformFeeBps = 600;
        deed.terms.vetoEnds = true;
        deed.terms.voteOpeningBps = 1000;
        deed.terms.voteQuorumBps = 2000;
        deed.terms.voteMajorityBps = 5000;
        deed.terms.voteDuration = 14 days;
        deed.terms.deedHash = keccak256("deed of WindowMirror");
        deed.trustees = new address[](3);
        (deed.trustees[0], deed.trustees[1], deed.trustees[2]) = (trusteeOne, trusteeTwo, trusteeThree);
        deed.tranches = new Tranche[](2);
        deed.tranches[0] = Tranche(address(0), false, true, 0, 5000, 0, 0);
        deed.tranches[1] = Tranche(address(0), false, true, 1, 5000, 0, 0);
    }

    /// @notice A trust of money with its own beneficiary, as an escrow of the founders.
    function escrowDeed(address beneficiary) internal view returns (Deed memory deed) {
        deed = proceedsDeed();
        deed.terms.platformFeeBps = 0;
        deed.tranches = new Tranche[](0);
        deed.beneficiaries = new Beneficiary[](1);
        deed.beneficiaries[0] = Beneficiary(beneficiary, 1);
    }

    function openTrust(Deed memory deed) internal returns (CustodyTrust) {
        vm.prank(issuer);
        return CustodyTrust(payable(directory.openTrust(uint64(companyId), deed)));
    }

    function openDistribution() internal returns (Distribution) {
        vm.prank(issuer);
        return Distribution(directory.openDistribution(address(share), address(dollar)));
    }

    /// @notice Opens class, trust and round together; they are `share`, `trust` and `round` from then on.
    function opensOffering(ClassTerms memory class, RoundTerms memory terms, Deed memory deed) internal {
        terms.shareClass = address(0);
        terms.trust = address(0);
        vm.prank(issuer);
        (address share_, address trust_, address round_) = directory.openOffering(class, terms, deed);
        (share, trust, round) = (ShareToken(share_), CustodyTrust(payable(trust_)), FundingRound(round_));
    }

    /// @notice A vote of one class at one of its record dates, open for two weeks.
    function classVote(address shareClass, uint16 recordDate) internal view returns (VoteTerms memory terms) {
        terms.electorates = new Electorate[](1);
        terms.electorates[0] = Electorate(shareClass, recordDate);
        terms.subject = keccak256("may the company move to Ohio");
        terms.documentHash = keccak256("notice of the meeting");
        terms.quorumBps = 3334;
        terms.majorityBps = 5000;
        terms.opensAt = uint40(block.timestamp);
        terms.closesAt = uint40(block.timestamp + 14 days);
    }

    /// @notice The round ends with all that was committed, and its proceeds are with the trust.
    function endsWell() internal {
        closes();
        tallies();
        settles();
        round.payProceeds();
    }
}
