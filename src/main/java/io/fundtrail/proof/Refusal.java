package io.fundtrail.proof;

/** Every reason for which a bundle is rejected. */
public enum Refusal {
  /** The header is of another block than the one that is trusted, or nobody vouches for it. */
  UNTRUSTED_HEADER,
  /** The header is no header, or its extra data no QBFT extra data. */
  MALFORMED_HEADER,
  /** A seal is by nobody of the set, is no signature, or comes twice. */
  WRONG_SEAL,
  /** Fewer validators than a quorum sealed the block. */
  TOO_FEW_SEALS,
  /** The header names other validators than the caller. */
  OTHER_VALIDATORS,
  /** The bundle is of another chain than the trust in its header. */
  OTHER_CHAIN,
  /** A trie node on the way to what is claimed is not in the bundle. */
  MISSING_NODE,
  /** A node is none of a Merkle-Patricia trie. */
  MALFORMED_NODE,
  /** A trie's value is no account, word, receipt or transaction. */
  MALFORMED_VALUE,
  /** Something in the bundle proves nothing that is claimed. */
  UNUSED_MATERIAL,
  /** Something comes twice. */
  DUPLICATE_MATERIAL,
  /** Something does not stand in its order. */
  UNSORTED_MATERIAL,
  /** There provably is no contract at the address. */
  NO_CONTRACT,
  /** The code of a contract that is needed is not in the bundle. */
  MISSING_CODE,
  /** A contract provably has other code than the bundle says. */
  OTHER_CODE,
  /** The code is none of the published list. */
  UNLISTED_CODE,
  /** The contract is of a kind of which this cannot be proven. */
  OTHER_CONTRACT,
  /** The class has no record date of that index. */
  UNKNOWN_RECORD_DATE,
  /** The record date comes after the block. */
  RECORD_DATE_AHEAD,
  /** A wallet in a register holds nothing. */
  NOT_A_HOLDER,
  /** The proven holdings do not sum to the proven supply. */
  INCOMPLETE_REGISTER,
  /** The logs do not fold to the proven history head. */
  OTHER_HISTORY,
  /** The earlier header is not before the header. */
  NOT_EARLIER,
  /** The block has no such transaction, receipt or log. */
  NO_SUCH_EVENT,
  /** What is proven is something else than what is claimed. */
  OTHER_CLAIM;

  RefusedBundle because(String detail) {
    return new RefusedBundle(this, detail);
  }

  /** Ends a verification; it becomes a verdict and never leaves the verifier. */
  static final class RefusedBundle extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    private RefusedBundle(Refusal reason, String detail) {
      super(detail, null, false, false);
      this.reason = reason;
    }

    Refusal reason() {
      return reason;
    }
  }
}
