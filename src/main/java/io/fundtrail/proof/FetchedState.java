package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.InvalidProof.Reason;
import io.fundtrail.proof.ProofBundle.Code;
import io.fundtrail.proof.Refusal.RefusedBundle;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state after a block, fetched as it is asked for; it keeps what proves what was read. */
final class FetchedState implements State {
  private final Hash stateRoot;
  private final StateSource source;
  private final PublishedCodes published;
  private final Fetched nodes = new Fetched();
  private final Map<Address, Code> codes = new TreeMap<>();
  private final Map<Address, Set<Hash>> fetchedSlots = new HashMap<>();
  private Bytes cloneCode = Bytes.EMPTY;

  FetchedState(Hash stateRoot, StateSource source, PublishedCodes published) {
    this.stateRoot = stateRoot;
    this.source = source;
    this.published = published;
  }

  /** Nodes as they come, and those that were needed. */
  static final class Fetched implements MerklePatriciaProof.Nodes {
    private final Map<Hash, Bytes> known = new HashMap<>();
    private final Map<Hash, Bytes> used = new TreeMap<>();

    void add(Collection<Bytes> nodes) {
      nodes.forEach(node -> known.put(Keccak.hash(node), node));
    }

    /** In their order. */
    List<Bytes> used() {
      return List.copyOf(used.values());
    }

    @Override
    public RlpItem node(Hash hash) {
      @Nullable Bytes node = known.get(hash);
      if (node == null) {
        throw new InvalidProof(Reason.MISSING_NODE, "the node gave none of the hash " + hash);
      }
      used.put(hash, node);
      return Rlp.decode(node);
    }
  }

  Fetched nodes() {
    return nodes;
  }

  List<Code> codes() {
    return List.copyOf(codes.values());
  }

  Bytes cloneCode() {
    return cloneCode;
  }

  /** Asks for many slots at once, so that reading them is quick. */
  void expect(Address address, List<Hash> slots) {
    fetch(address, slots);
  }

  @Override
  public Contract contract(Address address) throws RefusedBundle {
    AccountState account = account(address);
    Storage storage =
        slot -> {
          fetch(address, List.of(slot));
          return account.findStorage(slot, nodes);
        };
    Bytes code = source.code(address);
    var found = CloneCode.of(code);
    if (found.isEmpty()) {
      return new Contract(address, listed(address, code), Terms.NONE, storage);
    }
    cloneCode = code;
    Address implementation = found.get().implementation();
    return new Contract(
        address, listed(implementation, source.code(implementation)), found.get().terms(), storage);
  }

  /** The history head, of a contract that may not be there yet. */
  Hash head(BlockHeader header, Address contract) {
    fetch(contract, List.of(HistoryFold.SLOT));
    return Verifier.head(header, contract, nodes);
  }

  private ContractCode listed(Address address, Bytes code) throws RefusedBundle {
    account(address);
    ContractCode listed =
        published
            .deployedAs(code)
            .orElseThrow(() ->
                Refusal.UNLISTED_CODE.because("the code of " + address + " is not on the list"));
    Map<String, Hash> immutables = listed.immutablesIn(code).orElseThrow();
    codes.put(address, new Code(address, listed.template(), immutables));
    for (String lent : listed.lent().keySet()) {
      Address lender = Address.ofWord(immutables.getOrDefault(lent, Hash.ZERO));
      listed(lender, source.code(lender));
    }
    return listed;
  }

  private AccountState account(Address address) throws RefusedBundle {
    fetch(address, List.of());
    return AccountState.find(stateRoot, address, nodes)
        .orElseThrow(() -> Refusal.NO_CONTRACT.because("nothing is at " + address));
  }

  private void fetch(Address address, List<Hash> slots) {
    boolean known = fetchedSlots.containsKey(address);
    Set<Hash> fetched = fetchedSlots.computeIfAbsent(address, _ -> new HashSet<>());
    List<Hash> missing = slots.stream().filter(fetched::add).toList();
    if (known && missing.isEmpty()) {
      return;
    }
    StateSource.StateProof proof = source.proof(address, missing);
    nodes.add(proof.accountNodes());
    proof.slotNodes().forEach(nodes::add);
  }
}
