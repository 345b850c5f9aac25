package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * A claim about a contract with all that it takes to check it, but for the trust in the block.
 *
 * @param format {@link #FORMAT}
 * @param header the block's, in RLP
 * @param cloneCode the contract's code where it is a clone (ERC-1167) with its terms behind; empty
 *     where {@code codes} has the contract itself, or none is needed
 * @param codes the code that the contracts run, by address in ascending order
 * @param nodes of the block's tries, each once, by hash in ascending order
 */
public record ProofBundle(
    String format,
    BigInteger chainId,
    Address contract,
    Bytes header,
    Bytes cloneCode,
    List<Code> codes,
    List<Bytes> nodes,
    Claim claim) {
  /** The only version there is. */
  public static final String FORMAT = "fundtrail-proof/1";

  /**
   * Code of the published list.
   *
   * @param address of the contract that has it
   * @param template the list's hash of it
   * @param immutables what the deployment filled in, by the list's names
   */
  public record Code(Address address, Hash template, Map<String, Hash> immutables) {
    public Code {
      immutables = Map.copyOf(immutables);
    }
  }

  public ProofBundle {
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException("the format is " + FORMAT + ", not another");
    }
    codes = List.copyOf(codes);
    nodes = List.copyOf(nodes);
  }
}
