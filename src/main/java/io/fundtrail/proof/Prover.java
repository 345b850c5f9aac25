package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Refusal.RefusedBundle;
import io.fundtrail.proof.State.Contract;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds bundles about one contract after one block. Every bundle has passed the verifier before it
 * is given out.
 *
 * <p>Methods throw {@link CannotProve} where what is asked is not so, {@link BundleTooLarge} where
 * it takes too much to show, and {@link InvalidProof} where the source contradicts the header.
 */
public final class Prover {
  private final PublishedCodes published;
  private final BigInteger chainId;
  private final Address contract;
  private final Bytes encodedHeader;
  private final BlockHeader header;
  private final StateSource source;

  /**
   * A prover for one contract.
   *
   * @param header the block's, in RLP
   * @param source the state after that block
   */
  public Prover(
      PublishedCodes published,
      BigInteger chainId,
      Address contract,
      Bytes header,
      StateSource source) {
    this.published = published;
    this.chainId = chainId;
    this.contract = contract;
    this.encodedHeader = header;
    this.header = BlockHeader.decode(header);
    this.source = source;
  }

  /** The block after which a list of events begins. */
  public record Earlier(Bytes header, StateSource source) {}

  /** How the answer to a question is found in a state. */
  private interface Question {
    Claim ask(FetchedState state) throws RefusedBundle;
  }

  /**
   * What a wallet holds.
   *
   * @param recordDate its index, or {@link Claim#AT_THE_BLOCK}
   */
  public ProofBundle holding(Address wallet, int recordDate) {
    return prove(
        state -> Answers.holding(state.contract(contract), wallet, recordDate, header.timestamp()));
  }

  /**
   * The whole register.
   *
   * @param wallets everyone who holds shares, and perhaps some who do not
   * @param recordDate its index, or {@link Claim#AT_THE_BLOCK}
   */
  public ProofBundle register(Set<Address> wallets, int recordDate) {
    List<Address> holders = holders(wallets, recordDate);
    return prove(state -> {
      Contract shares = shareClass(state, holders);
      return Answers.register(shares, holders, recordDate, header.timestamp());
    });
  }

  /** Those among the wallets who hold something; whoever does not is not to be in the bundle. */
  private List<Address> holders(Set<Address> wallets, int recordDate) {
    List<Address> sorted = wallets.stream().sorted().toList();
    try {
      Contract shares = shareClass(fetched(), sorted);
      ShareBooks books = new ShareBooks(shares.storage(), shares.code().layout());
      if (recordDate == Claim.AT_THE_BLOCK) {
        return sorted.stream().filter(wallet -> books.balance(wallet).signum() != 0).toList();
      }
      ShareBooks.Passed date = books.passed(recordDate, header.timestamp());
      return sorted.stream().filter(wallet -> books.balanceAt(wallet, date).signum() != 0).toList();
    } catch (RefusedBundle e) {
      throw new CannotProve(e);
    }
  }

  private Contract shareClass(FetchedState state, List<Address> wallets) throws RefusedBundle {
    Contract shares = state.contract(contract);
    shares.requireKind(Answers.SHARE_CLASS);
    state.expect(
        contract,
        wallets.stream()
            .map(wallet -> ShareBooks.holdingSlot(shares.code().layout(), wallet))
            .toList());
    return shares;
  }

  /** What a person committed to the round, and what became of it. */
  public ProofBundle commitment(Hash identity) {
    return prove(state -> Answers.commitment(state.contract(contract), identity));
  }

  /** What the contract holds and owes of its settlement token. */
  public ProofBundle solvency() {
    return prove(state -> Answers.solvency(state.contract(contract), state));
  }

  /**
   * All events of the contract up to the block.
   *
   * @param earlier the block after which the events begin; empty: the contract's birth
   */
  public ProofBundle history(List<Claim.Entry> events, Optional<Earlier> earlier) {
    FetchedState state = fetched();
    Hash earlierHead = Hash.ZERO;
    if (earlier.isPresent()) {
      BlockHeader before = BlockHeader.decode(earlier.get().header());
      FetchedState then = new FetchedState(before.stateRoot(), earlier.get().source(), published);
      earlierHead = then.head(before, contract);
      state.nodes().add(then.nodes().used());
      Verifier.head(before, contract, state.nodes());
    }
    Hash from = earlierHead;
    Bytes earlierHeader = earlier.map(Earlier::header).orElse(Bytes.EMPTY);
    return prove(
        state,
        _ -> {
          Hash head = state.contract(contract).storage().read(HistoryFold.SLOT);
          return new Claim.History(earlierHeader, from, head, events);
        });
  }

  /**
   * One event of the block.
   *
   * @param transactions of the block, each as its trie has it
   * @param receipts of the block, each as its trie has it
   */
  public ProofBundle event(
      int transactionIndex, int logIndex, List<Bytes> transactions, List<Bytes> receipts) {
    FetchedState state = fetched();
    state.nodes().add(TrieNodes.ofIndexed(transactions).byHash().values());
    state.nodes().add(TrieNodes.ofIndexed(receipts).byHash().values());
    return prove(
        state, _ -> Answers.event(contract, transactionIndex, logIndex, header, state.nodes()));
  }

  private FetchedState fetched() {
    return new FetchedState(header.stateRoot(), source, published);
  }

  private ProofBundle prove(Question question) {
    return prove(fetched(), question);
  }

  private ProofBundle prove(FetchedState state, Question question) {
    Claim claim;
    try {
      claim = question.ask(state);
    } catch (RefusedBundle e) {
      throw new CannotProve(e);
    }
    ProofBundle bundle =
        new ProofBundle(
            ProofBundle.FORMAT,
            chainId,
            contract,
            encodedHeader,
            state.cloneCode(),
            state.codes(),
            state.nodes().used(),
            claim);
    return checked(bundle);
  }

  private ProofBundle checked(ProofBundle bundle) {
    long size = BundleJson.size(bundle);
    if (size > BundleJson.MOST_BYTES) {
      throw new BundleTooLarge(size);
    }
    Set<Hash> blocks =
        bundle.claim() instanceof Claim.History history && !history.earlierHeader().isEmpty()
            ? Set.of(Keccak.hash(encodedHeader), Keccak.hash(history.earlierHeader()))
            : Set.of(Keccak.hash(encodedHeader));
    return switch (Verifier.verify(
        bundle, new TrustAnchor.BlockHashes(chainId, blocks), published)) {
      case Verdict.Accepted _ -> bundle;
      case Verdict.Rejected(Refusal reason, String detail) ->
          throw new CannotProve(reason.because(detail));
    };
  }
}
