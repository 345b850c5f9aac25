package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A share class of many holders, after a block that was made up: the code and the storage are laid
 * out as the real contract's are, and the tries are whole, so that what is proven of it costs what
 * it costs on a chain.
 */
final class LargeClass {
  static final int HOLDERS = 10_000;
  private static final int OTHER_ACCOUNTS = 2_000;
  private static final int STATE_ROOT = 3;

  private final PublishedCodes codes = BundleFixtures.codes();
  private final ProofBundle small = BundleFixtures.bundle("register.json");
  private final Map<Address, BigInteger> holdings = new TreeMap<>();
  private final Map<Address, Bytes> deployed = new HashMap<>();
  private final ReferenceTrie storage;
  private final ReferenceTrie state;
  private final Bytes header;

  /** One slot's proof under the root of the class's storage. */
  record SlotProof(Bytes key, Bytes value, List<Bytes> nodes) {}

  LargeClass() {
    Random random = new Random(10_000);
    while (holdings.size() < HOLDERS) {
      byte[] wallet = new byte[Address.SIZE];
      random.nextBytes(wallet);
      holdings.put(Address.of(wallet), BigInteger.valueOf(1 + random.nextInt(1_000_000)));
    }
    deployed.put(small.contract(), small.cloneCode());
    small.codes().forEach(code -> deployed.put(code.address(), deployed(code)));
    storage = new ReferenceTrie(storage());
    state = new ReferenceTrie(accounts(random));
    List<RlpItem> fields = new ArrayList<>(Rlp.decode(small.header()).asSequence().items());
    fields.set(STATE_ROOT, string(state.root().bytes()));
    header = Rlp.encode(new Sequence(fields));
  }

  PublishedCodes codes() {
    return codes;
  }

  Hash storageRoot() {
    return storage.root();
  }

  TrustAnchor anchor() {
    return new TrustAnchor.BlockHashes(small.chainId(), Set.of(Keccak.hash(header)));
  }

  /** The whole register, proven. */
  ProofBundle register() {
    return new Prover(codes, small.chainId(), small.contract(), header, new Source())
        .register(holdings.keySet(), Claim.AT_THE_BLOCK);
  }

  /** Proofs of some holdings' slots. */
  List<SlotProof> proofs(int count) {
    StorageLayout layout = codes.named(Answers.SHARE_CLASS).layout();
    return holdings.entrySet().stream()
        .limit(count)
        .map(holding -> {
          Bytes key = key(ShareBooks.holdingSlot(layout, holding.getKey()));
          return new SlotProof(key, number(holding.getValue()), storage.prove(key));
        })
        .toList();
  }

  /** What a node's answers to eth_getProof for each holder take, as JSON. */
  long naiveBytes() {
    StorageLayout layout = codes.named(Answers.SHARE_CLASS).layout();
    Bytes account = Bytes.of(Keccak.hash(small.contract().bytes()).bytes());
    long accountProof = json(state.prove(account));
    long sum = 0;
    for (var holding : holdings.entrySet()) {
      Hash slot = ShareBooks.holdingSlot(layout, holding.getKey());
      String rest =
          """
          {"address":"%s","balance":"0x0","codeHash":"%s","nonce":"0x1","storageHash":"%s",\
          "accountProof":,"storageProof":[{"key":"%s","value":"0x%x","proof":}]}\
          """
              .formatted(small.contract(), Hash.ZERO, storage.root(), slot, holding.getValue());
      sum += rest.length() + accountProof + json(storage.prove(key(slot)));
    }
    return sum;
  }

  private static long json(List<Bytes> nodes) {
    return 1 + nodes.stream().mapToLong(node -> node.toString().length() + 3L).sum();
  }

  private Bytes deployed(ProofBundle.Code code) {
    ContractCode listed = codes.of(code.template()).orElseThrow();
    byte[] filled = listed.code().bytes();
    code.immutables()
        .forEach((name, value) ->
            listed
                .immutables()
                .getOrDefault(name, List.of())
                .forEach(start -> System.arraycopy(value.bytes(), 0, filled, start, Hash.SIZE)));
    return Bytes.of(filled);
  }

  private Map<Bytes, Bytes> storage() {
    StorageLayout layout = codes.named(Answers.SHARE_CLASS).layout();
    Map<Bytes, Bytes> slots = new HashMap<>();
    BigInteger supply = holdings.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    int shift = bits(layout, "ShareRegister.Register", "supply");
    slots.put(key(layout.variable("_register")), number(supply.shiftLeft(shift)));
    slots.put(key(HistoryFold.SLOT), number(HistoryFold.SLOT.toUint()));
    int balance = bits(layout, "ShareRegister.Holding", "balance");
    holdings.forEach((wallet, shares) ->
        slots.put(key(ShareBooks.holdingSlot(layout, wallet)), number(shares.shiftLeft(balance))));
    return slots;
  }

  private static int bits(StorageLayout layout, String struct, String member) {
    return layout.structs().getOrDefault("struct " + struct, List.of()).stream()
        .filter(field -> field.label().equals(member))
        .mapToInt(field -> Byte.SIZE * field.offset())
        .findFirst()
        .orElseThrow();
  }

  private Map<Bytes, Bytes> accounts(Random random) {
    Map<Bytes, Bytes> accounts = new HashMap<>();
    deployed.forEach((address, code) -> {
      boolean shareClass = address.equals(small.contract());
      accounts.put(
          Bytes.of(Keccak.hash(address.bytes()).bytes()),
          account(shareClass ? storage.root() : MerklePatriciaProof.EMPTY_ROOT, Keccak.hash(code)));
    });
    for (int i = 0; i < OTHER_ACCOUNTS; i++) {
      byte[] key = new byte[Hash.SIZE];
      random.nextBytes(key);
      accounts.put(Bytes.of(key), account(MerklePatriciaProof.EMPTY_ROOT, Keccak.hash()));
    }
    return accounts;
  }

  private static Bytes account(Hash storageRoot, Hash codeHash) {
    return Rlp.encode(
        new Sequence(
            List.of(
                ByteString.ofUint(BigInteger.ONE),
                ByteString.ofUint(BigInteger.ZERO),
                string(storageRoot.bytes()),
                string(codeHash.bytes()))));
  }

  private static Bytes key(Hash slot) {
    return Bytes.of(Keccak.hash(slot.bytes()).bytes());
  }

  private static Bytes number(BigInteger word) {
    return Rlp.encode(ByteString.ofUint(word));
  }

  private static ByteString string(byte[] bytes) {
    return new ByteString(Bytes.of(bytes));
  }

  private final class Source implements StateSource {
    @Override
    public Bytes code(Address address) {
      @Nullable Bytes code = deployed.get(address);
      return code == null ? Bytes.EMPTY : code;
    }

    @Override
    public StateProof proof(Address address, List<Hash> slots) {
      boolean shareClass = address.equals(small.contract());
      return new StateProof(
          state.prove(Bytes.of(Keccak.hash(address.bytes()).bytes())),
          slots.stream()
              .map(slot -> shareClass ? storage.prove(key(slot)) : List.<Bytes>of())
              .toList());
    }
  }
}
