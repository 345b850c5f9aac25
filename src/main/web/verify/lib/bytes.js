// Byte strings, words and addresses are strings of 0x and lower-case hex: equal when the text is,
// and ordered as the text is where they are of one size. Numbers are BigInt.

import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { keccak_256 } from '@noble/hashes/sha3.js';

export const ZERO_WORD = '0x' + '00'.repeat(32);
export const ZERO_ADDRESS = '0x' + '00'.repeat(20);

export const toHex = (bytes) => '0x' + bytesToHex(bytes);
export const toBytes = (hex) => hexToBytes(hex.slice(2));

/** How many bytes a hex string stands for. */
export const sizeOf = (hex) => hex.length / 2 - 1;

/** The bytes from `from` (inclusive) to `to` (exclusive). */
export const slice = (hex, from, to) => '0x' + hex.slice(2 + 2 * from, 2 + 2 * to);

/** One byte string behind the other. */
export const concat = (...parts) => '0x' + parts.map((part) => part.slice(2)).join('');

export const keccak = (hex) => toHex(keccak_256(toBytes(hex)));
export const keccakOfText = (text) => toHex(keccak_256(new TextEncoder().encode(text)));

/** An unsigned number, big-endian, in so many bytes. */
export const ofUint = (number, bytes = 32) => '0x' + number.toString(16).padStart(2 * bytes, '0');

/** The unsigned number that bytes are, big-endian; none are zero. */
export const toUint = (hex) => (hex === '0x' ? 0n : BigInt(hex));

/** The ABI word of an address. */
export const wordOf = (address) => concat('0x' + '00'.repeat(12), address);
