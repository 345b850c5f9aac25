// Every reason for which a bundle is rejected: the closed list of io.fundtrail.proof.Refusal, in
// the words that the page shows.

export const REFUSALS = Object.freeze({
  UNTRUSTED_HEADER: 'The header is of another block than the one that is trusted.',
  MALFORMED_HEADER: 'The header is no header.',
  WRONG_SEAL: 'A seal is by nobody of the set, is no signature, or comes twice.',
  TOO_FEW_SEALS: 'Fewer validators than a quorum sealed the block.',
  OTHER_VALIDATORS: 'The header names other validators than the caller.',
  OTHER_CHAIN: 'The bundle is of another chain than the trust in its header.',
  MISSING_NODE: 'A trie node on the way to what is claimed is not in the bundle.',
  MALFORMED_NODE: 'A node is none of a Merkle-Patricia trie.',
  MALFORMED_VALUE: "A trie's value is no account, word, receipt or transaction.",
  UNUSED_MATERIAL: 'Something in the bundle proves nothing that is claimed.',
  DUPLICATE_MATERIAL: 'Something comes twice.',
  UNSORTED_MATERIAL: 'Something does not stand in its order.',
  NO_CONTRACT: 'There provably is no contract at the address.',
  MISSING_CODE: 'The code of a contract that is needed is not in the bundle.',
  OTHER_CODE: 'A contract provably has other code than the bundle says.',
  UNLISTED_CODE: 'The code is none of the published list.',
  OTHER_CONTRACT: 'The contract is of a kind of which this cannot be proven.',
  UNKNOWN_RECORD_DATE: 'The class has no record date of that index.',
  RECORD_DATE_AHEAD: 'The record date comes after the block.',
  NOT_A_HOLDER: 'A wallet in a register holds nothing.',
  INCOMPLETE_REGISTER: 'The proven holdings do not sum to the proven supply.',
  OTHER_HISTORY: 'The logs do not fold to the proven history head.',
  NOT_EARLIER: 'The earlier header is not before the header.',
  NO_SUCH_EVENT: 'The block has no such transaction, receipt or log.',
  OTHER_CLAIM: 'What is proven is something else than what is claimed.',
});

/** Ends a verification; it becomes a verdict. */
export class Refused extends Error {
  constructor(reason, detail) {
    super(detail);
    if (!Object.hasOwn(REFUSALS, reason)) {
      throw new Error(`${reason} is no reason for a rejection`);
    }
    this.reason = reason;
  }
}

/** What was given is no bundle, or no trust: there is nothing to judge. */
export class Unusable extends Error {}
