// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {FundingRound} from "../../../src/round/FundingRound.sol";
import {Allocation, RoundTerms} from "../../../src/round/RoundTerms.sol";
import {ClassTerms} from "../../../src/share/ClassTerms.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {CustodyTrust} from "../../../src/trust/CustodyTrust.sol";
import {Deed} from "../../../src/trust/TrustDeed.sol";
import {Offerings} from "../../Offerings.sol";
import {HostileDollar} from "../../hostile/tokens/HostileDollar.sol";
import {WalletDollar} from "../../hostile/tokens/WalletDollar.sol";
import {ContractWallet} from "./ContractWallet.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice A round as those who play it need to know it.
/// @param kind place among the first six whose terms it shares
/// @param limited whether what a person commits counts against a yearly limit
struct Sale {
    FundingRound round;
    ShareToken class;
    address token;
    address rules;
    uint256 kind;
    uint256 price;
    uint64 least;
    uint64 most;
    bool limited;
    CustodyTrust trust;
    bytes32 code;
}

/// @title RoundsWorld
/// @notice Six rounds of one company, of every regime and both allotment rules, in three tokens, one of them hostile; one
/// pays into a trust; and seven investors of every category, one a contract. More rounds can be opened.
/// @dev Whatever is attempted either succeeds, and then the histories fold to their heads, or reverts as a whole.
abstract contract RoundsWorld is Offerings {
    uint256 internal constant PERSONS = 7;
    uint256 internal constant CONTRACT = 5;
    uint256 internal constant FEE_BPS = 737;
    uint256 internal constant TRUSTED = 1;
    uint64 internal constant TICKET = 3;
    bytes3 internal constant EUR = "EUR";
    bytes32 internal constant DOCUMENT = "document";

    HostileDollar internal hostile;
    WalletDollar internal euro;
    Sale[] internal sales;
    bytes32[] internal persons;
    address[] internal everyone;
    mapping(address wallet => uint256) internal keyOf;
    /// @notice How often each outcome came about, by its name, and each refusal, by the selector of its error.
    mapping(bytes32 what => uint256) public times;
    uint256 public touched;
    uint256 internal focus;
    bool internal reenters;

    error Succeeded(address by, address target, bytes call);

    /// @dev Called as it would be by a test.
    function setUp() public override {
        super.setUp();
        attestTrustees();
        companyId = registerCompany(issuer, uint16(FEE_BPS));
        hostile = new HostileDollar(18);
        euro = new WalletDollar();
        vm.startPrank(operator);
        directory.listSettlementToken(address(hostile), USD);
        directory.listSettlementToken(address(euro), EUR);
        vm.stopPrank();
        _attestAll();
        _opensAll();
        address[5] memory others = [admin, operator, registrar, guardian, recoverer];
        for (uint256 i = 0; i < 5; ++i) {
            everyone.push(others[i]);
        }
        everyone.push(platform);
        everyone.push(outsider);
        everyone.push(issuer);
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ persons

    function _attestAll() private {
        Category[PERSONS] memory kinds = [
            Category.Retail,
            Category.Sophisticated,
            Category.Accredited,
            Category.Qualified,
            Category.Nominee,
            Category.Accredited,
            Category.Qualified
        ];
        for (uint256 i = 0; i < PERSONS; ++i) {
            (address wallet, uint256 key) = makeAddrAndKey(string.concat("investor ", vm.toString(i)));
            if (i == CONTRACT) wallet = address(new ContractWallet(wallet));
            keyOf[wallet] = key;
            everyone.push(wallet);
            persons.push(identityOf(wallet));
            attestAs(i, wallet, kinds[i], block.timestamp + 3650 days);
        }
    }

    /// @dev Persons 0 and 1 may commit little in a year, and a nominee no more than its principals gave it.
    function attestAs(uint256 i, address wallet, Category category, uint256 expiresAt) internal returns (bool) {
        InvestorRegistry.Attestation memory given = attestation(wallet, category, expiresAt);
        given.identity = persons[i];
        if (category == Category.Nominee) given.persons = 2;
        InvestorRegistry.YearlyLimit[] memory yearly = new InvestorRegistry.YearlyLimit[](2);
        yearly[0] = InvestorRegistry.YearlyLimit(REG_CF, USD, i < 2 ? i * 3000e6 : 9000e6);
        yearly[1] = InvestorRegistry.YearlyLimit("CN-PRIVATE", USD, 900e6);
        return does(registrar, address(registry), abi.encodeCall(InvestorRegistry.attest, (given, yearly)));
    }

    // ------------------------------------------------------------------------------------------ rounds

    function _opensAll() private {
        ShareToken plain = openClass(companyId, issuer, 2700);
        ShareToken other = openClass(companyId, issuer, 2100);
        ClassTerms memory few = classTerms(companyId, 1000);
        few.holderCap = 3;
        ShareToken capped = openClass(issuer, few);
        _opens(address(rules), address(hostile), plain, 7_333_333_333_333_333_333, false);
        _opensWithTrust();
        _opens(address(europeanRules), address(euro), other, 4e6, true);
        _opens(address(chinaRules), address(dollar), capped, 3_333_333, true);
        _opens(address(openRules), address(dollar), plain, 1_999_999, false);
        _opens(address(regulationD), address(hostile), other, 3e18 + 1, false);
    }

    function termsOf(address rules_, address token, ShareToken class, uint256 price, bool proRata)
        internal
        view
        returns (RoundTerms memory terms)
    {
        terms = filedTerms();
        (terms.rules, terms.settlementToken, terms.shareClass) = (rules_, token, address(class));
        (terms.price, terms.feeBps) = (uint128(price), uint16(FEE_BPS));
        (terms.minimumShares, terms.maximumShares, terms.minimumTicket) = (150, 600, TICKET);
        terms.deadline = uint40(block.timestamp + 75 days);
        if (!proRata) return terms;
        terms.allocation = Allocation.ProRata;
        terms.oversubscriptionShares = 1500;
    }

    function _opens(address rules_, address token, ShareToken class, uint256 price, bool proRata) private {
        RoundTerms memory terms = termsOf(rules_, token, class, price, proRata);
        addSale(openRound(terms), terms, sales.length);
    }

    function _opensWithTrust() private {
        RoundTerms memory terms = termsOf(address(rules), address(dollar), ShareToken(address(0)), 4_999_999, true);
        ClassTerms memory class = classTerms(companyId, 1000);
        Deed memory deed = proceedsDeed();
        deed.terms.platformFeeBps = uint16(FEE_BPS);
        opensOffering(class, terms, deed);
        (terms.shareClass, terms.trust) = (address(share), address(trust));
        addSale(round, terms, sales.length);
    }

    function addSale(FundingRound opened, RoundTerms memory terms, uint256 kind) internal {
        sales.push(
            Sale({
                round: opened,
                class: ShareToken(terms.shareClass),
                token: terms.settlementToken,
                rules: terms.rules,
                kind: kind,
                price: terms.price,
                least: terms.minimumShares,
                most: terms.maximumShares,
                limited: terms.rules == address(rules),
                trust: CustodyTrust(payable(terms.trust)),
                code: keccak256(address(opened).code)
            })
        );
    }

    // ------------------------------------------------------------------------------------------ acting

    function does(address by, address target, bytes memory call) internal returns (bool done) {
        (done,) = ask(by, target, call);
    }

    /// @dev What was refused changed nothing that the round's history would tell.
    function ask(address by, address target, bytes memory call) internal returns (bool done, bytes memory answer) {
        recorder.capture();
        vm.prank(by);
        // A refusal is an outcome here, whatever its reason.
        // solhint-disable-next-line avoid-low-level-calls
        (done, answer) = target.call(call);
        if (done) {
            recorder.capture();
            _requireSame();
            return (done, answer);
        }
        recorder.forget();
        ++times[bytes4(answer)];
        if (sales.length > 0) recorder.requireSame(address(sales[touched].round));
    }

    function _requireSame() private view {
        recorder.requireSame(address(registry));
        recorder.requireSame(address(recovery));
        recorder.requireSame(address(limits));
        recorder.requireSame(address(directory));
        if (sales.length == 0) return;
        Sale storage s = sales[touched];
        recorder.requireSame(address(s.round));
        recorder.requireSame(address(s.class));
        if (address(s.trust) != address(0)) recorder.requireSame(address(s.trust));
    }

    /// @dev Now and then something must not succeed.
    function fails(address by, address target, bytes memory call) internal {
        if (does(by, target, call)) revert Succeeded(by, target, call);
    }

    /// @dev All three tokens are minted alike; a blacklisted wallet is given none.
    function mints(address token, address to, uint256 amount) internal returns (bool) {
        recorder.capture();
        try HostileDollar(token).mint(to, amount) {
            return true;
        } catch {
            recorder.forget();
            return false;
        }
    }

    function passes(uint256 time) internal {
        recorder.capture();
        vm.warp(block.timestamp + time);
        vm.roll(block.number + 1);
    }

    function balance(address token, address holder) internal view returns (uint256) {
        return IERC20(token).balanceOf(holder);
    }

    function walletOf(uint256 person) internal view returns (address) {
        return registry.currentWalletOf(persons[person % PERSONS]);
    }

    function anyone(uint256 seed) internal view returns (address) {
        return everyone[seed % everyone.length];
    }
}
