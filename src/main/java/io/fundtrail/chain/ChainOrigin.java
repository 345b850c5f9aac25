package io.fundtrail.chain;

import java.time.Instant;
import java.util.List;

/**
 * What an embedded chain is built from, fixed at its first start: with another one, the same
 * transactions would give other block hashes.
 */
record ChainOrigin(String hardfork, long chainId, Instant genesisTime, long blockGasLimit) {
  private static final String HARDFORK = "cancun";

  /** Far above what any block needs, yet exact in every language's numbers (2^53-1). */
  private static final long BLOCK_GAS_LIMIT = 9_007_199_254_740_991L;

  static ChainOrigin of(long chainId, Instant genesisTime) {
    return new ChainOrigin(HARDFORK, chainId, genesisTime, BLOCK_GAS_LIMIT);
  }

  /** No account has ether and gas costs none; blocks are mined when told, in order of arrival. */
  List<String> anvilArguments() {
    return List.of(
        "--no-mining",
        "--order",
        "fifo",
        "--accounts",
        "0",
        "--base-fee",
        "0",
        "--gas-price",
        "0",
        "--hardfork",
        hardfork,
        "--chain-id",
        Long.toString(chainId),
        "--timestamp",
        Long.toString(genesisTime.getEpochSecond()),
        "--gas-limit",
        Long.toString(blockGasLimit));
  }
}
