package io.fundtrail.index;

import io.fundtrail.chain.ChainProof;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.RpcError;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.HeadProof;
import io.fundtrail.proof.HistoryFold;
import io.fundtrail.proof.InvalidProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares heads with those that the chain proves for a block. */
final class HeadVerifier implements HeadCheck {
  private static final Logger LOG = LoggerFactory.getLogger(HeadVerifier.class);
  private static final int PROOFS_HELD = 500;

  private final ChainReader chain;
  private boolean refused;

  HeadVerifier(ChainReader chain) {
    this.chain = chain;
  }

  @Override
  public boolean verify(CheckedHeader at, Map<Address, Hash> heads) {
    List<Address> contracts = new ArrayList<>(heads.keySet());
    for (int start = 0; start < contracts.size(); start += PROOFS_HELD) {
      int end = Math.min(contracts.size(), start + PROOFS_HELD);
      List<ChainProof> proofs;
      try {
        proofs =
            chain.proofs(contracts.subList(start, end), List.of(HistoryFold.SLOT), at.number());
      } catch (RpcError e) {
        if (!refused) {
          LOG.warn("Indexing goes on unverified: no proof at {}: {}", at.ref(), e.getMessage());
        }
        refused = true;
        return false;
      }
      for (ChainProof proof : proofs) {
        check(at, proof, heads.getOrDefault(proof.address(), Hash.ZERO));
      }
    }
    refused = false;
    return true;
  }

  private static void check(CheckedHeader at, ChainProof proof, Hash folded) {
    Hash proven;
    try {
      proven =
          HeadProof.verify(
              at.header(), proof.address(), proof.accountNodes(), proof.slots().getFirst().nodes());
    } catch (InvalidProof e) {
      throw new ContradictoryAnswer(
          "the proof given for %s at %s proves nothing: %s"
              .formatted(proof.address(), at.ref(), e.getMessage()));
    }
    if (!proven.equals(folded)) {
      throw new ContradictoryAnswer(
          new IndexState.IntegrityFailure(at.ref(), proof.address(), proven, folded));
    }
  }
}
