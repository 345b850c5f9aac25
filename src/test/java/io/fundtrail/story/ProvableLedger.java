package io.fundtrail.story;

import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.audit.Bundles;
import io.fundtrail.chain.Call;
import io.fundtrail.chain.CallResult;
import io.fundtrail.chain.EmbeddedNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.BlockHeader;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.PublishedCodes;
import io.fundtrail.proof.TrustAnchor;
import io.fundtrail.proof.Verdict;
import io.fundtrail.proof.Verifier;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** A ledger of which proofs are asked, and what its contracts say themselves. */
final class ProvableLedger implements AutoCloseable {
  static final BigInteger CHAIN = BigInteger.valueOf(EmbeddedNode.DEFAULT_CHAIN_ID);
  static final PublishedCodes CODES = PublishedCodes.packed();
  static final DevelopmentAccount ISSUER = new DevelopmentAccount("provable issuer");

  final ServedLedger ledger;
  final Bundles bundles;
  private final Database database;

  ProvableLedger(Database database, ServedLedger ledger) {
    this.database = database;
    this.ledger = ledger;
    this.bundles = new Bundles(ledger.reader(), CHAIN, CODES);
  }

  static ProvableLedger start(Path folder) {
    Database database = Database.open(new DatabaseUrl.Sqlite(folder.resolve("index.db")));
    return new ProvableLedger(database, ServedLedger.start(database, folder.resolve("chain")));
  }

  static DevelopmentAccount holder(int number) {
    return new DevelopmentAccount("holder " + number);
  }

  static List<DevelopmentAccount> holders(int count) {
    return IntStream.range(0, count).mapToObj(ProvableLedger::holder).toList();
  }

  /** A class of a new company. */
  Address openClass(String company) {
    return ledger.openShareClass(ISSUER, company);
  }

  void issue(Address shareClass, DevelopmentAccount to, long shares, String lockedUntil) {
    ledger.call(
        ISSUER,
        shareClass,
        "issueByCompany",
        Map.of("to", to.address(), "shares", String.valueOf(shares), "lockedUntil", lockedUntil));
  }

  <T> T indexed(Function<Handle, T> question) {
    return database.read(question);
  }

  ProofBundle register(Address shareClass, int recordDate, long block) {
    Set<Address> wallets = indexed(handle -> Bundles.wallets(handle, shareClass, block));
    return bundles.register(shareClass, wallets, recordDate, block);
  }

  /** From the contract's birth. */
  ProofBundle history(Address contract, long block) {
    return history(contract, OptionalLong.empty(), block);
  }

  ProofBundle history(Address contract, OptionalLong since, long block) {
    List<Claim.Entry> events = indexed(handle -> Bundles.events(handle, contract, since, block));
    return bundles.history(contract, events, since, block);
  }

  long head() {
    return ledger.reader().head().number();
  }

  Bytes header(long block) {
    return BlockHeader.of(ledger.reader().header(block).rlpFields()).encode();
  }

  /** Whoever knows these blocks. */
  TrustAnchor knowing(long... blocks) {
    return new TrustAnchor.BlockHashes(
        CHAIN,
        Set.copyOf(
            Arrays.stream(blocks)
                .mapToObj(block -> ledger.reader().header(block).hash())
                .toList()));
  }

  Verdict verify(ProofBundle bundle) {
    return Verifier.verify(
        bundle, new TrustAnchor.BlockHashes(CHAIN, Set.of(Keccak.hash(bundle.header()))), CODES);
  }

  /** What is proven, by someone who knows the bundle's block. */
  Claim accepted(ProofBundle bundle) {
    return switch (verify(bundle)) {
      case Verdict.Accepted accepted -> accepted.claim();
      case Verdict.Rejected rejected -> throw new AssertionError(rejected.toString());
    };
  }

  /** The block that created a contract. */
  long born(Address contract) {
    long low = 0;
    long high = head();
    while (low < high) {
      long middle = (low + high) / 2;
      if (ledger.reader().code(contract, middle).isEmpty()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** What a view gives after a block, in words. */
  List<Hash> ask(Address contract, long block, String signature, Hash... arguments) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    byte[] selector = Keccak.hash(signature.getBytes(StandardCharsets.US_ASCII)).bytes();
    data.write(selector, 0, 4);
    for (Hash argument : arguments) {
      data.writeBytes(argument.bytes());
    }
    Call call = new Call(Address.ZERO, contract, Bytes.of(data.toByteArray()));
    return switch (ledger.reader().call(call, block)) {
      case CallResult.Returned(Bytes returned) -> {
        List<Hash> words = new ArrayList<>();
        for (int start = 0; start < returned.size(); start += Hash.SIZE) {
          words.add(Hash.of(returned.slice(start, start + Hash.SIZE).bytes()));
        }
        yield words;
      }
      case CallResult.Reverted(Bytes error) -> throw new AssertionError(signature + ": " + error);
    };
  }

  BigInteger number(Address contract, long block, String signature, Hash... arguments) {
    return ask(contract, block, signature, arguments).getFirst().toUint();
  }

  @Override
  public void close() {
    ledger.close();
    database.close();
  }
}
