// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a person is to the rules of an offering. `Accredited` is that of 17 CFR 230.501(a), `Sophisticated`
/// that of Regulation (EU) 2020/1503 article 2(1)(j), `Qualified` that of the PRC private-placement rules;
/// `Institution` invests for itself, `Nominee` holds for others. One that is accredited or qualified too is attested as that.
enum Category {
    None,
    Retail,
    Sophisticated,
    Accredited,
    Qualified,
    Institution,
    Nominee
}
