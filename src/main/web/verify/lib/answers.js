// Works out what claims say, from what a bundle proves. A claim is taken as a question: nothing of
// its answer is read.

import { keccak, ofUint, slice, toBytes, ZERO_WORD } from './bytes.js';
import { trustedHeader } from './header.js';
import { fold, HEAD_SLOT } from './history.js';
import { held, owed, settlementToken } from './money.js';
import { Refused } from './refusal.js';
import { decode, encode, RlpError, sequence, string } from './rlp.js';
import { commitment } from './rounds.js';
import { ShareBooks } from './shares.js';
import { account, storedWord } from './state.js';
import { find } from './trie.js';

/** Stands for the block itself in place of a record date's index. */
const AT_THE_BLOCK = 0n;

/** Status, gas used up to it, bloom, logs (yellow paper, 4.4.1; EIP-2718). */
const RECEIPT_ITEMS = 4;

/** Emitter, topics, data. */
const LOG_ITEMS = 3;

/** By kind: the claim as it is proven. */
export const ANSWERS = {
  holding({ claim, header, contract, onStep }) {
    const books = shareBooks(contract);
    const { wallet, recordDate } = claim;
    if (recordDate === AT_THE_BLOCK) {
      const balance = books.balance(wallet);
      const locked = books.locked(wallet, header.time);
      onStep(`${wallet} holds ${balance} shares, ${locked} of them locked, by its proven slots.`);
      return { kind: 'holding', wallet, recordDate, time: header.time, balance, locked };
    }
    const date = books.passed(recordDate, header.time);
    const balance = books.balanceAt(wallet, date);
    onStep(`${wallet} held ${balance} shares at record date ${recordDate}, by its proven slots.`);
    return { kind: 'holding', wallet, recordDate, time: date.time, balance, locked: undefined };
  },

  register({ claim, header, contract, onStep }) {
    const books = shareBooks(contract);
    const wallets = claim.holders.map(({ wallet }) => wallet);
    requireAscending(wallets);
    const { recordDate } = claim;
    const date = recordDate === AT_THE_BLOCK ? null : books.passed(recordDate, header.time);
    const holders = wallets.map((wallet) => ({
      wallet,
      shares: date === null ? books.balance(wallet) : books.balanceAt(wallet, date),
    }));
    const supply = date === null ? books.supply() : books.supplyAt(date);
    requireComplete(holders, supply);
    onStep(`The shares of ${holders.length} holders, proven one by one, sum to the supply of ${supply}.`);
    return { kind: 'register', recordDate, time: date === null ? header.time : date.time, supply, holders };
  },

  history({ claim, bundle, header, contract, nodes, trusted, onStep }) {
    const earlierHead = earlierHeadOf(bundle, header, nodes, trusted, onStep);
    const head = contract.read(HEAD_SLOT);
    const folded = fold(bundle.chainId, bundle.contract, earlierHead, claim.events);
    if (folded !== head) {
      throw new Refused('OTHER_HISTORY', `the events fold to ${folded}, the chain has ${head}`);
    }
    onStep(`${claim.events.length} events fold, in their order, to the head that the chain has: ${head}.`);
    return { kind: 'history', earlierHeader: claim.earlierHeader, earlierHead, head, events: claim.events };
  },

  event({ claim, bundle, header, nodes, onStep }) {
    const { transactionIndex, logIndex } = claim;
    const key = encode(transactionIndex === 0n ? new Uint8Array() : toBytes(minimal(transactionIndex)));
    const receipt = leaf(header.receiptsRoot, key, nodes);
    const transaction = keccak(leaf(header.transactionsRoot, key, nodes));
    const { topics, data } = logOf(receipt, logIndex, bundle.contract);
    onStep(`Log ${logIndex} of transaction ${transactionIndex} of the block is one of ${bundle.contract}.`);
    return { kind: 'event', transactionIndex, logIndex, transaction, topics, data };
  },

  commitment({ claim, contract, onStep }) {
    requireKind(contract, 'FundingRound');
    const answer = { kind: 'commitment', ...commitment(contract, claim.identity) };
    onStep(`Of ${claim.identity} the round has a commitment that is ${answer.state}, by its proven slot.`);
    return answer;
  },

  solvency({ contract, state, onStep }) {
    const token = settlementToken(contract);
    const money = state.contract(token);
    requireKind(money, 'DemoDollar');
    const answer = { kind: 'solvency', token, held: held(money, contract.address), owed: owed(contract) };
    onStep(`It holds ${answer.held} and owes ${answer.owed} of ${token}, by proven slots of both.`);
    return answer;
  },
};

/** Proven under a header that is trusted as the later one is; zero at the contract's birth. */
function earlierHeadOf({ claim, contract }, header, nodes, trusted, onStep) {
  if (claim.earlierHeader === '0x') {
    return ZERO_WORD;
  }
  const earlier = trustedHeader(claim.earlierHeader, trusted);
  if (earlier.number >= header.number) {
    throw new Refused('NOT_EARLIER', `block ${earlier.number} is not before block ${header.number}`);
  }
  onStep(`The events begin after block ${earlier.number}, whose hash is one that you know.`);
  const then = account(earlier.stateRoot, contract, nodes);
  return then === null ? ZERO_WORD : storedWord(then.storageRoot, HEAD_SLOT, nodes);
}

function logOf(receipt, logIndex, contract) {
  try {
    const first = parseInt(slice(receipt, 0, 1), 16);
    const typed = first > 0 && first < 0x80;
    const logs = sequence(
      sequence(decode(typed ? '0x' + receipt.slice(4) : receipt), RECEIPT_ITEMS)[RECEIPT_ITEMS - 1],
    );
    if (logIndex >= BigInt(logs.length)) {
      throw new Refused(
        'NO_SUCH_EVENT',
        `the transaction has ${logs.length} logs, none of index ${logIndex}`,
      );
    }
    const [emitter, topics, data] = sequence(logs[Number(logIndex)], LOG_ITEMS);
    if (string(emitter, 20) !== contract) {
      throw new Refused('NO_SUCH_EVENT', `the log is one of ${string(emitter)}`);
    }
    return { topics: sequence(topics).map((topic) => string(topic, 32)), data: string(data) };
  } catch (e) {
    if (e instanceof RlpError) {
      throw new Refused('MALFORMED_VALUE', `the value is no receipt: ${e.message}`);
    }
    throw e;
  }
}

function leaf(root, key, nodes) {
  const value = find(root, key, nodes);
  if (value === null) {
    throw new Refused('NO_SUCH_EVENT', 'the block has no such transaction');
  }
  return value;
}

/** A number above zero without leading zeros. */
function minimal(number) {
  return ofUint(number, Math.ceil(number.toString(16).length / 2));
}

function shareBooks(contract) {
  requireKind(contract, 'ShareToken');
  return new ShareBooks(contract);
}

function requireKind({ address, contract }, name) {
  if (contract !== name) {
    throw new Refused('OTHER_CONTRACT', `${address} is a ${contract}, not a ${name}`);
  }
}

function requireAscending(wallets) {
  for (let i = 1; i < wallets.length; i++) {
    if (wallets[i - 1] === wallets[i]) {
      throw new Refused('DUPLICATE_MATERIAL', `${wallets[i]} is there twice`);
    }
    if (wallets[i - 1] > wallets[i]) {
      throw new Refused('UNSORTED_MATERIAL', `${wallets[i]} comes late`);
    }
  }
}

function requireComplete(holders, supply) {
  const without = holders.find(({ shares }) => shares === 0n);
  if (without !== undefined) {
    throw new Refused('NOT_A_HOLDER', `${without.wallet} holds nothing`);
  }
  const sum = holders.reduce((total, { shares }) => total + shares, 0n);
  if (sum !== supply) {
    throw new Refused('INCOMPLETE_REGISTER', `the holdings sum to ${sum} of ${supply} shares`);
  }
}
