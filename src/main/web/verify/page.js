// The page around the verifier. All that comes from a bundle is set as text, never as markup, and
// nothing of a claim is shown but what the verifier worked out.

import listing from 'codes.json';
import { MOST_BYTES, readBundle } from './lib/bundle.js';
import { publishedCodes } from './lib/codes.js';
import { claimedNumber } from './lib/header.js';
import { REFUSALS, Unusable } from './lib/refusal.js';
import { verify } from './lib/verifier.js';

const MOST_ROWS = 1000;
const HASH = /^0x[0-9a-f]{64}$/;

const $ = (id) => document.getElementById(id);
let bundle = null;
let taken = 0;

function element(name, text, parent) {
  const made = document.createElement(name);
  made.textContent = text;
  parent.append(made);
  return made;
}

/** Takes a bundle: a promise of its bytes, and what it is called. */
async function take(bytes, name) {
  const turn = ++taken;
  bundle = null;
  $('result').hidden = true;
  try {
    const given = await bytes;
    if (turn !== taken) {
      return;
    }
    bundle = readBundle(given);
    $('bundle').textContent = `${name}: a bundle that is to be checked. ${wanted(bundle)}`;
    ($('chain').value === '' ? $('chain') : $('hash')).focus();
  } catch (e) {
    $('bundle').textContent = `${name}: ${e instanceof Unusable ? e.message : 'it cannot be read'}.`;
  }
}

/** Whose hashes the user has to find elsewhere; the hashes themselves are not taken from the bundle. */
function wanted({ header, claim }) {
  const named = [header, claim.earlierHeader ?? '0x']
    .filter((encoded) => encoded !== '0x')
    .map(claimedNumber)
    .filter((number) => number !== null);
  return named.length === 0 ? '' : `Ask your own source for the hash of block ${named.join(', and of the earlier block ')}.`;
}

function takeFile(file) {
  if (file === undefined) {
    return;
  }
  const bytes = file.size > MOST_BYTES
    ? Promise.reject(new Unusable(`no bundle: more than ${MOST_BYTES} bytes`))
    : file.arrayBuffer().then((buffer) => new Uint8Array(buffer));
  take(bytes, file.name);
}

/** A bundle may come with the link: #bundle=, then its bytes in base64url. */
function takeLink() {
  const given = /^#bundle=([A-Za-z0-9_-]+)$/.exec(location.hash);
  if (given === null) {
    return;
  }
  take(
    (async () => {
      const characters = atob(given[1].replaceAll('-', '+').replaceAll('_', '/'));
      return Uint8Array.from(characters, (character) => character.charCodeAt(0));
    })(),
    'From the link',
  );
}

/** What the user says to trust; it is theirs to know, so nothing is taken from the bundle. */
function trust() {
  const chain = $('chain').value.trim();
  if (!/^[0-9]{1,78}$/.test(chain)) {
    throw new Unusable('the chain is named by a whole number');
  }
  const hashes = [$('hash').value, $('earlier').value]
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value !== '');
  if (hashes.length === 0 || !hashes.every((hash) => HASH.test(hash))) {
    throw new Unusable("a block's hash is 0x and 64 hex digits");
  }
  return { chainId: BigInt(chain), blockHashes: hashes };
}

function check(event) {
  event.preventDefault();
  clear();
  if (bundle === null) {
    show('unusable', 'Nothing to judge', 'There is no bundle yet.');
    return;
  }
  const steps = [];
  try {
    const verdict = verify(bundle, trust(), publishedCodes(listing), (step) => steps.push(step));
    steps.forEach((step) => element('li', step, $('steps')));
    if (verdict.verdict === 'accepted') {
      show('accepted', 'Accepted', "Proven, if the block's hash is the one that you know.");
      facts(verdict);
    } else {
      element('li', `Here it ended: ${verdict.detail}.`, $('steps')).className = 'failed';
      show('rejected', `Rejected: ${verdict.reason.toLowerCase().replaceAll('_', '-')}`, REFUSALS[verdict.reason]);
    }
  } catch (e) {
    if (!(e instanceof Unusable)) {
      show('unusable', 'Nothing to judge', 'The check itself failed, so nothing is shown.');
      throw e;
    }
    show('unusable', 'Nothing to judge', `${e.message}.`);
  }
}

function clear() {
  ['facts', 'lists', 'steps'].forEach((id) => $(id).replaceChildren());
}

function show(kind, verdict, because) {
  $('result').className = kind;
  $('verdict').textContent = verdict;
  $('because').textContent = because;
  $('result').hidden = false;
  $('result').focus();
}

const time = (seconds) => {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? `second ${seconds}` : date.toISOString().replace('.000Z', 'Z');
};

/** One fact a row. */
function facts({ chainId, block, contract, code, claim }) {
  fact('chain', chainId);
  fact('block', `${block.number} of ${time(block.time)}, ${block.hash}`);
  fact('contract', code === undefined ? contract : `${contract}, a ${code}`);
  CLAIMS[claim.kind](claim);
}

function fact(name, value) {
  const row = element('tr', '', $('facts'));
  element('th', name, row).scope = 'row';
  element('td', String(value), row);
}

const moment = ({ recordDate, time: at }) =>
  recordDate === 0n ? '' : ` at record date ${recordDate}, ${time(at)}`;

const CLAIMS = {
  holding(claim) {
    fact('wallet', claim.wallet);
    fact('shares', claim.balance + moment(claim));
    if (claim.locked !== undefined) {
      fact('locked', claim.locked);
    }
  },
  register(claim) {
    fact('register', `${claim.holders.length} holders, whose shares sum to the supply of ${claim.supply}${moment(claim)}`);
    table(['wallet', 'shares'], claim.holders.map(({ wallet, shares }) => [wallet, shares]));
  },
  history(claim) {
    fact('history', `${claim.events.length} events, complete and in order, ` +
      (claim.earlierHeader === '0x' ? "from the contract's birth" : `since the head ${claim.earlierHead}`));
    fact('head', claim.head);
    table(
      ['block', 'time', 'topics', 'data'],
      claim.events.map((event) => [event.block, time(event.time), event.topics.join('\n'), event.data]),
    );
  },
  event(claim) {
    fact('transaction', claim.transaction);
    claim.topics.forEach((topic) => fact('topic', topic));
    fact('data', claim.data);
  },
  commitment(claim) {
    fact('person', claim.identity);
    fact('commitment', `${claim.state}, in a round that is ${claim.round}`);
    if (claim.state !== 'none') {
      fact('wallet', claim.wallet);
      fact('shares', claim.shares);
      fact('amount', `${claim.amount} of ${claim.token}`);
    }
    if (claim.committedAt !== 0n) {
      fact('committed', `at ${time(claim.committedAt)}`);
    }
    if (claim.state === 'settled') {
      const excess = claim.excessPaid ? 'given back' : 'not given back yet';
      fact('allotted', claim.allotted + (claim.allotted === claim.shares ? '' : `, and the money of the others ${excess}`));
    }
  },
  solvency(claim) {
    fact('token', claim.token);
    fact('held', claim.held);
    fact('owed', claim.held < claim.owed ? `${claim.owed}: MORE THAN IS HELD` : claim.owed);
  },
};

function table(names, rows) {
  const made = element('table', '', $('lists'));
  const head = element('tr', '', element('thead', '', made));
  names.forEach((name) => (element('th', name, head).scope = 'col'));
  const body = element('tbody', '', made);
  rows.slice(0, MOST_ROWS).forEach((row) => {
    const line = element('tr', '', body);
    row.forEach((value) => element('td', String(value), line));
  });
  $('lists').tabIndex = 0;
  if (rows.length > MOST_ROWS) {
    element('p', `and ${rows.length - MOST_ROWS} more, all of them proven`, $('lists'));
  }
}

$('form').addEventListener('submit', check);
$('file').addEventListener('change', () => takeFile($('file').files[0]));
addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('over');
});
addEventListener('dragleave', () => document.body.classList.remove('over'));
addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('over');
  takeFile(event.dataTransfer.files[0]);
});
addEventListener('hashchange', takeLink);
takeLink();
