package io.fundtrail.app;

import io.fundtrail.chain.BlockHead;
import io.fundtrail.chain.ChainException;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.BlockHeader;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.RlpException;
import io.fundtrail.proof.TrustAnchor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks another provider for the blocks that a bundle names. */
public final class SecondProvider {
  private SecondProvider() {}

  /**
   * What the provider vouches for; nothing, where the bundle's headers are none.
   *
   * @throws StartRefused if it does not answer
   */
  public static TrustAnchor ask(String url, ProofBundle bundle) {
    List<Bytes> headers = new ArrayList<>(List.of(bundle.header()));
    if (bundle.claim() instanceof Claim.History history && !history.earlierHeader().isEmpty()) {
      headers.add(history.earlierHeader());
    }
    try (ChainReader chain = ChainReader.of(url)) {
      Map<Long, Hash> hashes = new HashMap<>();
      long head = chain.head().number();
      for (Bytes header : headers) {
        long number = number(header);
        if (number >= 0 && number <= head) {
          BlockHead given = chain.header(number);
          hashes.put(number, given.hash());
        }
      }
      return new TrustAnchor.SecondProvider(BigInteger.valueOf(chain.chainId()), url, hashes);
    } catch (ChainException e) {
      throw new StartRefused("the provider " + url + " does not answer: " + e.getMessage(), e);
    }
  }

  private static long number(Bytes header) {
    try {
      return BlockHeader.decode(header).number();
    } catch (RlpException | IllegalArgumentException _) {
      return -1;
    }
  }
}
