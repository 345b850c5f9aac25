// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @notice A settlement token that takes EIP-3009 authorizations with signatures of any length, ERC-1271 ones included.
contract WalletDollar is ERC20, EIP712 {
    bytes32 public constant TYPEHASH = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    mapping(address from => mapping(bytes32 nonce => bool)) public spent;

    error SignatureRefused();
    error AuthorizationSpent(bytes32 nonce);

    constructor() ERC20("Wallet Dollar", "WUSD") EIP712("Wallet Dollar", "2") {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function digest(address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce)
        public
        view
        returns (bytes32)
    {
        return _hashTypedDataV4(keccak256(abi.encode(TYPEHASH, from, to, value, validAfter, validBefore, nonce)));
    }

    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external {
        bytes32 hash = digest(from, to, value, validAfter, validBefore, nonce);
        bool signed = SignatureChecker.isValidSignatureNow(from, hash, signature);
        if (!signed || to != msg.sender || block.timestamp <= validAfter || block.timestamp >= validBefore) {
            revert SignatureRefused();
        }
        if (spent[from][nonce]) revert AuthorizationSpent(nonce);
        spent[from][nonce] = true;
        _transfer(from, to, value);
    }
}
