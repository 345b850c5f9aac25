package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Refusal.RefusedBundle;
import io.fundtrail.proof.State.Contract;
import org.jspecify.annotations.Nullable;

/**
 * Checks bundles. It works out every field of the claim from the material under a header that is
 * trusted, and accepts only when each is the same and nothing in the bundle was in vain.
 */
public final class Verifier {
  private Verifier() {}

  public static Verdict verify(ProofBundle bundle, TrustAnchor anchor, PublishedCodes codes) {
    try {
      return accepted(bundle, anchor, codes);
    } catch (RefusedBundle e) {
      return new Verdict.Rejected(e.reason(), String.valueOf(e.getMessage()));
    } catch (InvalidProof e) {
      return new Verdict.Rejected(reason(e.reason()), String.valueOf(e.getMessage()));
    }
  }

  private static Verdict accepted(ProofBundle bundle, TrustAnchor anchor, PublishedCodes codes)
      throws RefusedBundle {
    if (!bundle.chainId().equals(anchor.chainId())) {
      throw Refusal.OTHER_CHAIN.because(
          "the bundle is of chain %s, the trust in its block of chain %s"
              .formatted(bundle.chainId(), anchor.chainId()));
    }
    TrustedHeader block = TrustedHeader.of(bundle.header(), anchor);
    NodePool nodes = new NodePool(bundle.nodes());
    ProvenState state = new ProvenState(bundle, block.header().stateRoot(), nodes, codes);
    @Nullable Contract contract =
        bundle.claim() instanceof Claim.Event ? null : state.contract(bundle.contract());
    Claim proven = recomputed(bundle, anchor, block.header(), nodes, state, contract);
    nodes.requireAllUsed();
    state.requireAllUsed();
    if (!proven.equals(bundle.claim())) {
      throw Refusal.OTHER_CLAIM.because("proven is " + proven);
    }
    return new Verdict.Accepted(
        block.trust(),
        bundle.chainId(),
        block.block(),
        bundle.contract(),
        contract == null ? null : contract.code().contract(),
        proven);
  }

  private static Claim recomputed(
      ProofBundle bundle,
      TrustAnchor anchor,
      BlockHeader header,
      NodePool nodes,
      State state,
      @Nullable Contract contract)
      throws RefusedBundle {
    if (contract == null) {
      Claim.Event event = (Claim.Event) bundle.claim();
      return Answers.event(
          bundle.contract(), event.transactionIndex(), event.logIndex(), header, nodes);
    }
    return switch (bundle.claim()) {
      case Claim.Holding asked ->
          Answers.holding(contract, asked.wallet(), asked.recordDate(), header.timestamp());
      case Claim.Register asked ->
          Answers.register(
              contract,
              asked.holders().stream().map(Claim.Holder::wallet).toList(),
              asked.recordDate(),
              header.timestamp());
      case Claim.Commitment asked -> Answers.commitment(contract, asked.identity());
      case Claim.Solvency _ -> Answers.solvency(contract, state);
      case Claim.History asked ->
          history(
              bundle, asked, earlierHead(bundle, asked, anchor, header, nodes), contract.storage());
      case Claim.Event _ -> throw new IllegalStateException("an event needs no contract");
    };
  }

  private static Claim.History history(
      ProofBundle bundle, Claim.History asked, Hash earlierHead, Storage storage)
      throws RefusedBundle {
    Hash head = storage.read(HistoryFold.SLOT);
    Hash folded = Answers.fold(bundle.chainId(), bundle.contract(), earlierHead, asked.events());
    if (!folded.equals(head)) {
      throw Refusal.OTHER_HISTORY.because(
          "the events fold to " + folded + ", the chain has " + head);
    }
    return new Claim.History(asked.earlierHeader(), earlierHead, head, asked.events());
  }

  /** Proven under a header that is trusted as the later one is; zero at the contract's birth. */
  private static Hash earlierHead(
      ProofBundle bundle,
      Claim.History asked,
      TrustAnchor anchor,
      BlockHeader header,
      NodePool nodes)
      throws RefusedBundle {
    if (asked.earlierHeader().isEmpty()) {
      return Hash.ZERO;
    }
    BlockHeader earlier = TrustedHeader.of(asked.earlierHeader(), anchor).header();
    if (earlier.number() >= header.number()) {
      throw Refusal.NOT_EARLIER.because(
          "block %d is not before block %d".formatted(earlier.number(), header.number()));
    }
    return head(earlier, bundle.contract(), nodes);
  }

  static Hash head(BlockHeader header, Address contract, MerklePatriciaProof.Nodes nodes) {
    return AccountState.find(header.stateRoot(), contract, nodes)
        .map(account -> account.findStorage(HistoryFold.SLOT, nodes))
        .orElse(Hash.ZERO);
  }

  private static Refusal reason(InvalidProof.Reason reason) {
    return switch (reason) {
      case MISSING_NODE, WRONG_NODE -> Refusal.MISSING_NODE;
      case UNUSED_NODE -> Refusal.UNUSED_MATERIAL;
      case MALFORMED_NODE -> Refusal.MALFORMED_NODE;
      case MALFORMED_VALUE -> Refusal.MALFORMED_VALUE;
    };
  }
}
