package io.fundtrail.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fundtrail.bindings.Directory;
import io.fundtrail.chain.Call;
import io.fundtrail.chain.CallResult;
import io.fundtrail.chain.ChainException;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.ChainUnavailable;
import io.fundtrail.chain.RpcError;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.web3j.abi.EventEncoder;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Finds the contracts of a ledger on a chain that others run, from its Directory. */
final class ExternalLedger {
  private ExternalLedger() {}

  /**
   * Asks the Directory for the others.
   *
   * @param startBlock where it is known; else the chain is asked when each contract appeared
   * @throws StartRefused if there is no Directory at the address
   */
  static Deployment find(ChainReader chain, Address at, OptionalLong startBlock) {
    Directory directory = Bound.directory(at);
    Address authority = ask(chain, at, at, directory.authority());
    Address limits = ask(chain, at, at, directory.limits());
    Address shareTemplate = ask(chain, at, at, directory.shareTemplate());
    Address registry = ask(chain, at, shareTemplate, Bound.shareClass(shareTemplate).registry());
    Address recovery = ask(chain, at, at, directory.recovery());
    long start =
        startBlock.isPresent()
            ? startBlock.getAsLong()
            : Stream.of(at, authority, limits, registry, recovery)
                .mapToLong(contract -> birth(chain, contract))
                .min()
                .orElseThrow();
    return new Deployment(
        chain.chainId(),
        at,
        authority,
        registry,
        limits,
        recovery,
        calendar(chain, at, start),
        Math.max(1, start));
  }

  /** The calendar that allowed rules count business days by; some nodes do not tell old events. */
  private static Optional<Address> calendar(ChainReader chain, Address directory, long start) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    JsonNode filter =
        json.objectNode()
            .put("address", directory.toString())
            .put("fromBlock", "0x" + Long.toHexString(start))
            .put("toBlock", "latest")
            .set("topics", json.arrayNode().add(EventEncoder.encode(Directory.RULESALLOWED_EVENT)));
    try {
      for (JsonNode log : chain.rawCall("eth_getLogs", List.of(filter))) {
        Address rules = Address.ofWord(Hash.parse(log.at("/topics/1").asText()));
        CallResult answer =
            chain.call(
                new Call(Address.ZERO, rules, Bound.data(Bound.crowdfunding(rules).calendar())));
        if (answer instanceof CallResult.Returned(Bytes word) && word.size() == Hash.SIZE) {
          return Optional.of(Address.ofWord(Hash.of(word.bytes())));
        }
      }
      return Optional.empty();
    } catch (RpcError e) {
      return Optional.empty();
    }
  }

  private static Address ask(
      ChainReader chain, Address directory, Address contract, RemoteFunctionCall<?> view) {
    try {
      return Address.parse(String.valueOf(Bound.read(chain, contract, view).getFirst().getValue()));
    } catch (IllegalStateException e) {
      throw new StartRefused(
          "there is no Directory of Fundtrail at %s: %s; check %s"
              .formatted(directory, e.getMessage(), Setting.DIRECTORY.flag()),
          e);
    }
  }

  /** The first block with the contract's code, by halving; the node must know old states. */
  private static long birth(ChainReader chain, Address contract) {
    long without = 0;
    long with = chain.head().number();
    try {
      while (with - without > 1) {
        long middle = without + (with - without) / 2;
        if (hasCode(chain, contract, middle)) {
          with = middle;
        } else {
          without = middle;
        }
      }
      return with;
    } catch (ChainUnavailable e) {
      throw e;
    } catch (ChainException e) {
      throw new StartRefused(
          "the node does not know the state of old blocks (%s); give the block of the deployment with %s"
              .formatted(e.getMessage(), Setting.START_BLOCK.flag()),
          e);
    }
  }

  private static boolean hasCode(ChainReader chain, Address contract, long block) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    String code =
        chain
            .rawCall(
                "eth_getCode",
                List.of(
                    json.textNode(contract.toString()),
                    json.textNode("0x" + Long.toHexString(block))))
            .asText();
    return code.length() > 2;
  }
}
