// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../../../../src/ledger/ICompanies.sol";
import {Instance} from "../../../../src/ledger/Instance.sol";
import {PackedArgs} from "../../../../src/ledger/PackedArgs.sol";
import {ICustodyTrust} from "../../../../src/trust/ICustodyTrust.sol";
import {IProceedsRound} from "../../../../src/trust/IProceedsRound.sol";
import {IHolderVote} from "../../../../src/vote/IHolderVote.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice What a trust asks of a registry, in which the test writes who is who.
contract FakeRegistry {
    mapping(address wallet => bytes32) public identityOf;
    mapping(bytes32 identity => address) public currentWalletOf;
    mapping(bytes32 identity => mapping(bytes32 issuer => uint256)) public affiliateSince;
    mapping(address instance => bool) public isInstance;
    mapping(address wallet => address) public successorOf;
    mapping(bytes32 identity => bool) public recoveryAnnounced;

    function know(address wallet) external returns (bytes32 identity) {
        identity = keccak256(abi.encode("salted identification of", wallet));
        identityOf[wallet] = identity;
        currentWalletOf[identity] = wallet;
    }

    function affiliate(address wallet, bytes32 issuer, bool on) external {
        affiliateSince[identityOf[wallet]][issuer] = on ? block.timestamp : 0;
    }

    function isAffiliate(bytes32 identity, bytes32 issuer) external view returns (bool) {
        return affiliateSince[identity][issuer] != 0;
    }

    function declareInstance() external {
        isInstance[msg.sender] = true;
    }

    function announce(address wallet, bool on) external {
        recoveryAnnounced[identityOf[wallet]] = on;
    }

    function succeed(address wallet, address successor) external {
        bytes32 identity = identityOf[wallet];
        delete identityOf[wallet];
        recoveryAnnounced[identity] = false;
        successorOf[wallet] = successor;
        identityOf[successor] = identity;
        currentWalletOf[identity] = successor;
    }
}

/// @notice A Directory that opens clones of one template and has one company.
contract FakeDirectory {
    mapping(uint256 companyId => address) public controllerOf;
    mapping(address instance => ICompanies.Kind) public kindOf;

    function setController(uint256 companyId, address controller) external {
        controllerOf[companyId] = controller;
    }

    function open(address template, bytes calldata args) external returns (address instance) {
        instance = Clones.cloneWithImmutableArgs(template, args);
        kindOf[instance] = ICompanies.Kind.Trust;
        Instance(instance).open();
    }

    function list(address instance, ICompanies.Kind kind) external {
        kindOf[instance] = kind;
    }

    function bindRound(address trust, address round) external {
        ICustodyTrust(trust).bindRound(round);
    }

    function suspend(address trust, uint256 disbursement, address vote) external {
        ICustodyTrust(trust).suspend(disbursement, vote);
    }

    function bindVote(address trust, bytes32 motion, address vote) external {
        ICustodyTrust(trust).bindVote(motion, vote);
    }

    function issuerKey(uint256 companyId) external view returns (bytes32) {
        return keccak256(abi.encode(address(this), companyId));
    }

    function payeeOf(uint256 companyId, address) external view returns (address) {
        return controllerOf[companyId];
    }
}

/// @notice A round, cloned with its token and its trust as arguments, whose allotments and state the test writes down,
/// and that pays its proceeds as a round does.
contract FakeRound is IProceedsRound {
    struct Allotment {
        address wallet;
        uint64 shares;
        bool outside;
    }

    Status public status;
    uint64 public soldShares;
    uint64 public outsideShares;
    uint256 public proceedsOwed;
    mapping(bytes32 identity => Allotment) private _allotments;

    error NothingCredited();

    function settlementToken() public view returns (address) {
        return PackedArgs.readAddress(0);
    }

    function become(Status status_) external {
        status = status_;
    }

    function owe(uint256 amount) external {
        proceedsOwed = amount;
    }

    function allot(bytes32 identity, address wallet, uint64 shares, bool outside) external {
        _allotments[identity] = Allotment(wallet, shares, outside);
        soldShares += shares;
        if (outside) outsideShares += shares;
    }

    function moveAllotment(bytes32 identity, address wallet) external {
        _allotments[identity].wallet = wallet;
    }

    function allotmentOf(bytes32 identity) external view returns (address, uint64, bool) {
        Allotment memory a = _allotments[identity];
        return (a.wallet, a.shares, a.outside);
    }

    function payProceeds() external {
        uint256 amount = IERC20(settlementToken()).balanceOf(address(this));
        if (amount == 0) revert NothingCredited();
        payPart(amount);
    }

    function payPart(uint256 amount) public {
        if (!IERC20(settlementToken()).transfer(PackedArgs.readAddress(20), amount)) revert NothingCredited();
        ICustodyTrust(PackedArgs.readAddress(20)).receiveProceeds(amount);
    }
}

/// @notice A vote whose outcome the test decides.
contract FakeVote is IHolderVote {
    Outcome public outcome;
    uint256 public closesAt;
    bytes32 public subject;
    uint8 public choice;
    address public voter;

    function decide(Outcome outcome_) external {
        outcome = outcome_;
    }

    function vote(uint8 choice_) external {
        choice = choice_;
        voter = msg.sender;
    }

    function passedBy(address, bytes32) external view returns (bool) {
        return outcome == Outcome.Passed;
    }
}

/// @notice An authority that lets whom it is told call what it is told.
contract FakeAuthority {
    mapping(address caller => mapping(bytes4 selector => bool)) private _allowed;

    function allow(address caller, bytes4 selector) external {
        _allowed[caller][selector] = true;
    }

    function canCall(address caller, address, bytes4 selector) external view returns (bool, uint32) {
        return (_allowed[caller][selector], 0);
    }
}
