package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Refusal.RefusedBundle;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.State.Contract;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Works out what claims say, from a state, by the same steps for whoever proves and verifies. */
final class Answers {
  static final String SHARE_CLASS = "ShareToken";

  /** Status, gas used up to it, bloom, logs (yellow paper, 4.4.1; EIP-2718). */
  private static final int RECEIPT_ITEMS = 4;

  /** Emitter, topics, data. */
  private static final int LOG_ITEMS = 3;

  private Answers() {}

  static Claim.Holding holding(Contract contract, Address wallet, int recordDate, long now)
      throws RefusedBundle {
    ShareBooks books = books(contract);
    if (recordDate == Claim.AT_THE_BLOCK) {
      return new Claim.Holding(
          wallet, recordDate, now, books.balance(wallet), books.locked(wallet, now));
    }
    ShareBooks.Passed date = books.passed(recordDate, now);
    return new Claim.Holding(wallet, recordDate, date.time(), books.balanceAt(wallet, date), null);
  }

  static Claim.Register register(Contract contract, List<Address> wallets, int recordDate, long now)
      throws RefusedBundle {
    ShareBooks books = books(contract);
    requireAscending(wallets);
    if (recordDate == Claim.AT_THE_BLOCK) {
      List<Claim.Holder> holders =
          wallets.stream().map(wallet -> new Claim.Holder(wallet, books.balance(wallet))).toList();
      return complete(new Claim.Register(recordDate, now, books.supply(), holders));
    }
    ShareBooks.Passed date = books.passed(recordDate, now);
    List<Claim.Holder> holders =
        wallets.stream()
            .map(wallet -> new Claim.Holder(wallet, books.balanceAt(wallet, date)))
            .toList();
    return complete(new Claim.Register(recordDate, date.time(), books.supplyAt(date), holders));
  }

  static Claim.Solvency solvency(Contract contract, State state) throws RefusedBundle {
    Address token = MoneyBooks.token(contract.code(), contract.terms());
    Contract money = state.contract(token);
    money.requireKind("DemoDollar");
    return new Claim.Solvency(
        token,
        money
            .storage()
            .read(MoneyBooks.balanceSlot(money.code().layout(), contract.address()))
            .toUint(),
        MoneyBooks.owed(contract.code(), contract.terms(), contract.storage()));
  }

  static Claim.Commitment commitment(Contract round, Hash identity) throws RefusedBundle {
    round.requireKind(RoundBooks.CONTRACT);
    return new RoundBooks(round.code().layout(), round.terms(), round.storage())
        .commitment(identity);
  }

  /** The head to which a contract's events fold, from its birth or from an earlier head. */
  static Hash fold(
      BigInteger chainId, Address contract, Hash earlierHead, List<Claim.Entry> events) {
    if (events.isEmpty()) {
      return earlierHead;
    }
    Hash head = earlierHead.isZero() ? HistoryFold.birth(chainId, contract) : earlierHead;
    for (Claim.Entry event : events) {
      head = HistoryFold.fold(head, event.block(), event.time(), event.topics(), event.data());
    }
    return head;
  }

  /** A log of the block, by the tries of its receipts and transactions. */
  static Claim.Event event(
      Address contract,
      int transactionIndex,
      int logIndex,
      BlockHeader header,
      MerklePatriciaProof.Nodes nodes)
      throws RefusedBundle {
    Bytes key = indexKey(transactionIndex);
    Bytes receipt = leaf(header.receiptsRoot(), key, nodes);
    Bytes transaction = leaf(header.transactionsRoot(), key, nodes);
    try {
      boolean typed = receipt.get(0) > 0;
      List<RlpItem> logs =
          items(Rlp.decode(typed ? receipt.slice(1, receipt.size()) : receipt), RECEIPT_ITEMS)
              .get(RECEIPT_ITEMS - 1)
              .asSequence()
              .items();
      if (logIndex >= logs.size()) {
        throw Refusal.NO_SUCH_EVENT.because(
            "the transaction has %d logs, none of index %d".formatted(logs.size(), logIndex));
      }
      List<RlpItem> log = items(logs.get(logIndex), LOG_ITEMS);
      Address emitter = Address.of(log.get(0).asByteString().exactly(Address.SIZE).bytes());
      if (!emitter.equals(contract)) {
        throw Refusal.NO_SUCH_EVENT.because("the log is one of " + emitter);
      }
      List<Hash> topics =
          log.get(1).asSequence().items().stream()
              .map(topic -> topic.asByteString().toHash())
              .toList();
      return new Claim.Event(
          transactionIndex,
          logIndex,
          Keccak.hash(transaction),
          topics,
          log.get(2).asByteString().value());
    } catch (RlpException e) {
      throw Refusal.MALFORMED_VALUE.because("the value is no receipt: " + e.getMessage());
    }
  }

  private static List<RlpItem> items(RlpItem item, int count) {
    List<RlpItem> items = item.asSequence().items();
    if (items.size() != count) {
      throw new RlpException(items.size() + " items where " + count + " belong");
    }
    return items;
  }

  /** Under which key the tries of a block have what stands at an index. */
  static Bytes indexKey(int index) {
    return Rlp.encode(ByteString.ofUint(BigInteger.valueOf(index)));
  }

  private static Bytes leaf(Hash root, Bytes key, MerklePatriciaProof.Nodes nodes)
      throws RefusedBundle {
    return MerklePatriciaProof.find(root, key, nodes)
        .orElseThrow(() -> Refusal.NO_SUCH_EVENT.because("the block has no such transaction"));
  }

  private static ShareBooks books(Contract contract) throws RefusedBundle {
    contract.requireKind(SHARE_CLASS);
    return new ShareBooks(contract.storage(), contract.code().layout());
  }

  private static void requireAscending(List<Address> wallets) throws RefusedBundle {
    for (int i = 1; i < wallets.size(); i++) {
      int order = wallets.get(i - 1).compareTo(wallets.get(i));
      if (order == 0) {
        throw Refusal.DUPLICATE_MATERIAL.because(wallets.get(i) + " is there twice");
      }
      if (order > 0) {
        throw Refusal.UNSORTED_MATERIAL.because(wallets.get(i) + " comes late");
      }
    }
  }

  private static Claim.Register complete(Claim.Register register) throws RefusedBundle {
    List<Address> without = new ArrayList<>();
    BigInteger sum = BigInteger.ZERO;
    for (Claim.Holder holder : register.holders()) {
      sum = sum.add(holder.shares());
      if (holder.shares().signum() == 0) {
        without.add(holder.wallet());
      }
    }
    if (!without.isEmpty()) {
      throw Refusal.NOT_A_HOLDER.because(without.getFirst() + " holds nothing");
    }
    if (!sum.equals(register.supply())) {
      throw Refusal.INCOMPLETE_REGISTER.because(
          "the holdings sum to " + sum + " of " + register.supply() + " shares");
    }
    return register;
  }
}
