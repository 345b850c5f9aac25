package io.fundtrail.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.util.ArrayList;
import java.util.List;

/** Reads what eth_getProof gives, and checks that it is for what was asked. */
final class ProofReader {
  private ProofReader() {}

  static ChainProof read(JsonNode json, Address address, List<Hash> slots) {
    Json.object(json, "the proof of " + address);
    Address answered = Json.address(json.path("address"), "a proof's address");
    if (!answered.equals(address)) {
      throw new ChainException("the proof of " + address + " was answered for " + answered);
    }
    JsonNode storage = Json.array(json.path("storageProof"), "a storage proof");
    if (storage.size() != slots.size()) {
      throw new ChainException(
          "the proof of " + slots.size() + " slots was answered for " + storage.size());
    }
    List<ChainProof.Slot> proven = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      proven.add(slot(storage.path(i), slots.get(i)));
    }
    return new ChainProof(address, nodes(json.path("accountProof")), proven);
  }

  private static ChainProof.Slot slot(JsonNode json, Hash slot) {
    Hash answered = Hash.ofUint(Json.quantity(json.path("key"), "a storage proof's key"));
    if (!answered.equals(slot)) {
      throw new ChainException("the proof of slot " + slot + " was answered for " + answered);
    }
    Hash value = Hash.ofUint(Json.quantity(json.path("value"), "a storage proof's value"));
    return new ChainProof.Slot(slot, value, nodes(json.path("proof")));
  }

  private static List<Bytes> nodes(JsonNode json) {
    List<Bytes> nodes = new ArrayList<>();
    for (JsonNode node : Json.array(json, "proof nodes")) {
      nodes.add(Json.bytes(node, "a proof node"));
    }
    return nodes;
  }
}
