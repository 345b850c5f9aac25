// Checks bundles. It works out every field of the claim from the material under a header that is
// trusted, and accepts only when each is the same and nothing in the bundle was in vain. Of two
// things that are wrong it names the one that io.fundtrail.proof.Verifier names.

import { ANSWERS } from './answers.js';
import { trustedHeader } from './header.js';
import { Refused } from './refusal.js';
import { ProvenState } from './state.js';
import { NodePool } from './trie.js';

/**
 * The verdict on a bundle.
 *
 * @param bundle as readBundle gives it
 * @param trust which chain the caller means, and which blocks they know: {chainId: BigInt,
 *     blockHashes: hex strings}
 * @param codes as publishedCodes gives them
 * @param onStep is called with a sentence for each thing that is shown on the way
 */
export function verify(bundle, trust, codes, onStep = () => {}) {
  try {
    return accepted(bundle, trust, codes, onStep);
  } catch (e) {
    if (e instanceof Refused) {
      return { verdict: 'rejected', reason: e.reason, detail: e.message };
    }
    throw e;
  }
}

function accepted(bundle, { chainId, blockHashes }, codes, onStep) {
  if (bundle.chainId !== chainId) {
    throw new Refused(
      'OTHER_CHAIN',
      `the bundle is of chain ${bundle.chainId}, the trust in its block of chain ${chainId}`,
    );
  }
  const trusted = new Set(blockHashes);
  const header = trustedHeader(bundle.header, trusted);
  onStep(`The header of block ${header.number} has a hash that you know: ${header.hash}.`);
  const nodes = new NodePool(bundle.nodes);
  const state = new ProvenState(bundle, header.stateRoot, nodes, codes, onStep);
  const { claim } = bundle;
  const contract = claim.kind === 'event' ? null : state.contract(bundle.contract);
  const proven = ANSWERS[claim.kind]({
    claim, bundle, header, contract, nodes, state, trusted, onStep,
  });
  nodes.requireAllUsed();
  state.requireAllUsed();
  onStep(`Nothing is in vain: all ${nodes.used} trie nodes and ${bundle.codes.length} codes were needed.`);
  if (exactly(proven) !== exactly(claim)) {
    throw new Refused('OTHER_CLAIM', `proven is ${summary(proven)}`);
  }
  onStep('Every field of the claim is as it was worked out here.');
  return {
    verdict: 'accepted',
    trust: 'BLOCK_HASH',
    chainId: bundle.chainId,
    block: { number: header.number, hash: header.hash, time: header.time },
    contract: bundle.contract,
    code: contract === null ? undefined : contract.contract,
    claim: proven,
  };
}

/** A claim as text: the same where all of its fields are. */
const exactly = (claim) =>
  JSON.stringify(claim, (_, member) => (typeof member === 'bigint' ? String(member) : member));

/** Of a claim, without its lists. */
function summary({ kind, ...fields }) {
  const plain = Object.entries(fields).filter(([, value]) => !Array.isArray(value) && value !== undefined);
  return [kind, ...plain.map(([name, value]) => `${name} ${value}`)].join(', ');
}
