package io.fundtrail.index;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.HistoryFold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Uint256;

/** A block with a transaction of each type but blobs, of which each emits an event. */
final class TypedTransactions {
  private static final String TWO_GWEI = "0x77359400";
  private static final String GAS = "0x989680";
  private static final String ANYONE = LedgerChain.COMPANY.toString();

  private TypedTransactions() {}

  /** Approves demo dollars by signed transactions, and gives their hashes. */
  static List<Hash> mine(LedgerChain ledger) {
    ledger.tell("evm_setAutomine", false);
    // What is impersonated is not signed, and has a hash that is made up.
    ledger.tell("anvil_autoImpersonateAccount", false);
    List<Hash> sent = new ArrayList<>();
    for (Map<String, ?> typed : fields(ledger.dollar().toString())) {
      Map<String, Object> transaction = new HashMap<>(typed);
      transaction.put("from", ledger.tell("eth_accounts").path(0).asText());
      transaction.put("to", ledger.dollar().toString());
      transaction.put("data", approval().toString());
      transaction.put("gas", GAS);
      sent.add(Hash.parse(ledger.tell("eth_sendTransaction", transaction).asText()));
    }
    ledger.mine(1);
    ledger.tell("anvil_autoImpersonateAccount", true);
    ledger.tell("evm_setAutomine", true);
    return sent;
  }

  /** What makes a transaction one of types 0, 1, 2 and 4. */
  private static List<Map<String, ?>> fields(String contract) {
    Map<String, ?> accessed =
        Map.of(
            "address",
            contract,
            "storageKeys",
            List.of(Hash.ZERO.toString(), HistoryFold.SLOT.toString()));
    return List.of(
        Map.of("gasPrice", TWO_GWEI),
        Map.of("gasPrice", TWO_GWEI, "accessList", List.of(accessed)),
        Map.of("maxFeePerGas", TWO_GWEI, "maxPriorityFeePerGas", "0x1"),
        Map.of("authorizationList", List.of(authorization(), authorization())));
  }

  private static Bytes approval() {
    return Bytes.parse(
        FunctionEncoder.encode(
            new Function(
                "approve", List.of(new Address(ANYONE), new Uint256(1_000_000)), List.of())));
  }

  /** By nobody for nothing, as a transaction may carry it (EIP-7702). */
  private static Map<String, ?> authorization() {
    return Map.of(
        "chainId", "0x0", "address", ANYONE, "nonce", "0x7", "yParity", "0x1", "r", "0x1234", "s",
        "0x5");
  }
}
