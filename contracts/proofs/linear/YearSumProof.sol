// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {YearSum} from "../../src/identity/YearSum.sol";

/// @notice From any state in which the total is the newest day and the older ones, and at most `MOST`, each step leads to such
/// a state, and nothing overflows: by induction it is so for ever, as it is for zeros.
contract YearSumProof {
    /// @dev An addition leaves the total within its limit.
    function adds(uint256 newest, uint256 older, uint256 amount, uint256 limit) external pure {
        require(newest <= YearSum.MOST && older <= YearSum.MOST - newest);
        uint256 total = newest + older;
        if (!YearSum.fits(total, amount, limit)) {
            assert(total > limit || amount > limit - total || amount > YearSum.MOST - total);
            return;
        }
        (total, newest) = YearSum.plus(total, newest, amount);
        assert(total <= limit);
        assert(total <= YearSum.MOST && total == newest + older);
    }

    /// @dev What is given back of the newest day is what was asked for or all there was.
    function givesBackOfTheNewest(uint256 newest, uint256 older, uint256 amount) external pure {
        require(newest <= YearSum.MOST && older <= YearSum.MOST - newest);
        uint256 total = newest + older;
        (uint256 totalAfter, uint256 newestAfter, uint256 given) = YearSum.minus(total, newest, amount);
        assert(given == amount || given == newest && amount > newest);
        assert(totalAfter + given == total);
        assert(totalAfter <= YearSum.MOST && totalAfter == newestAfter + older);
    }

    /// @param ofDay one of the days that make up `older`
    function givesBackOfAnOlder(uint256 newest, uint256 older, uint256 ofDay, uint256 amount) external pure {
        require(newest <= YearSum.MOST && older <= YearSum.MOST - newest);
        uint256 total = newest + older;
        require(ofDay <= older);
        (uint256 totalAfter, uint256 left, uint256 given) = YearSum.minus(total, ofDay, amount);
        assert(given + left == ofDay);
        assert(totalAfter <= YearSum.MOST && totalAfter == newest + older - given);
    }

    /// @dev A day that is dropped leaves the rest.
    function drops(uint256 newest, uint256 older, uint256 ofDay) external pure {
        require(newest <= YearSum.MOST && older <= YearSum.MOST - newest);
        uint256 total = newest + older;
        require(ofDay <= older);
        (uint256 totalAfter, uint256 left, uint256 given) = YearSum.minus(total, ofDay, ofDay);
        assert(left == 0 && given == ofDay);
        assert(totalAfter <= YearSum.MOST && totalAfter == newest + older - ofDay);
    }

    /// @dev A new offering fits what was sold and what is on offer.
    function offers(uint256 sold, uint256 onOffer, uint256 maximum, uint256 limit) external pure {
        require(sold <= YearSum.MOST && onOffer <= YearSum.MOST - sold);
        uint256 total = sold + onOffer;
        if (!YearSum.fits(total, maximum, limit)) return;
        assert(sold + onOffer + maximum <= limit);
        assert(total + maximum <= YearSum.MOST && total + maximum == sold + onOffer + maximum);
    }

    /// @dev When an offering ends, what it sold always fits, so that no end is refused.
    function endsAnOffering(uint256 sold, uint256 onOffer, uint256 maximum, uint256 ofRound) external pure {
        require(sold <= YearSum.MOST && onOffer <= YearSum.MOST - sold);
        uint256 total = sold + onOffer;
        require(maximum <= onOffer && ofRound <= maximum);
        assert(YearSum.fits(sold, ofRound, YearSum.MOST));
        (uint256 soldAfter,) = YearSum.plus(sold, 0, ofRound);
        assert(total - maximum + ofRound <= YearSum.MOST && total - maximum + ofRound == soldAfter + onOffer - maximum);
    }
}
