package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;

/**
 * Why the verifier believes that a header is the chain's. Hashes alone prove nothing of that: a
 * false chain can be as consistent as the true one.
 */
public sealed interface TrustAnchor {
  /** The chain that the caller means. */
  BigInteger chainId();

  /** The caller knows the hashes of blocks. */
  record BlockHashes(BigInteger chainId, Set<Hash> hashes) implements TrustAnchor {
    public BlockHashes {
      hashes = Set.copyOf(hashes);
    }
  }

  /**
   * A quorum of the QBFT validators that the caller knows sealed the block: ceil(2n/3) of them.
   * Unproven until it has verified headers that a Besu network recorded.
   */
  record Validators(BigInteger chainId, Set<Address> validators) implements TrustAnchor {
    public Validators {
      validators = Set.copyOf(validators);
      if (validators.isEmpty()) {
        throw new IllegalArgumentException("a quorum needs validators");
      }
    }

    /** The fewest that must have sealed. */
    public int quorum() {
      return (2 * validators.size() + 2) / 3;
    }
  }

  /**
   * Another provider of the caller's choice was asked.
   *
   * @param hashes what it gave, by block number
   */
  record SecondProvider(BigInteger chainId, String provider, Map<Long, Hash> hashes)
      implements TrustAnchor {
    public SecondProvider {
      hashes = Map.copyOf(hashes);
    }
  }
}
