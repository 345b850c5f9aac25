// The fold by which a contract binds its events, in order and dated, into one storage slot.

import { concat, keccak, keccakOfText, ofUint, slice, toUint, wordOf, ZERO_WORD } from './bytes.js';

/** ERC-7201: keccak256(abi.encode(uint256(keccak256(id)) - 1)) & ~0xff. */
function namespace(id) {
  const location = keccak(ofUint(toUint(keccakOfText(id)) - 1n));
  return concat(slice(location, 0, 31), '0x00');
}

/** Where a contract keeps its head; an empty slot means no event yet. */
export const HEAD_SLOT = namespace('fundtrail.storage.HistoryChain');

/** The head to which a contract's events fold, from its birth or from an earlier head. */
export function fold(chainId, contract, earlierHead, events) {
  const birth = () => keccak(concat(ofUint(chainId), wordOf(contract)));
  const from = events.length > 0 && earlierHead === ZERO_WORD ? birth() : earlierHead;
  return events.reduce(
    (head, { block, time, topics, data }) =>
      keccak(
        concat(
          head,
          ofUint(topics.length, 1),
          ofUint(block, 8),
          ofUint(time, 8),
          ...topics,
          keccak(data),
        ),
      ),
    from,
  );
}
