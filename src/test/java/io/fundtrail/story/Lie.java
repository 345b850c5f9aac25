package io.fundtrail.story;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.Claim.CommitmentState;
import io.fundtrail.proof.Claim.RoundStatus;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.Refusal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A bundle that says something else than the true one, and what was changed about it. */
record Lie(Change change, ProofBundle bundle) {
  /** Kinds of changes, and the only reasons for which each may be refused. */
  enum Change {
    HEADER(Refusal.UNTRUSTED_HEADER),
    CHAIN(Refusal.OTHER_CHAIN),
    /**
     * Another address leads to another path, or to a proven absence, or to a contract without code.
     */
    CONTRACT(
        Refusal.MISSING_NODE,
        Refusal.NO_CONTRACT,
        Refusal.OTHER_CODE,
        Refusal.MISSING_CODE,
        Refusal.NO_SUCH_EVENT),
    CLONE_CODE(Refusal.OTHER_CODE),
    CODE_ADDRESS(Refusal.MISSING_CODE),
    CODE_TEMPLATE(Refusal.UNLISTED_CODE),
    IMMUTABLE(Refusal.OTHER_CODE),
    NODE(Refusal.MISSING_NODE),
    NODE_DROPPED(Refusal.MISSING_NODE),
    NODE_DOUBLED(Refusal.DUPLICATE_MATERIAL),
    NODE_FOREIGN(Refusal.UNUSED_MATERIAL),
    NODES_SWAPPED(Refusal.UNSORTED_MATERIAL),
    CODE_DOUBLED(Refusal.DUPLICATE_MATERIAL),
    CODE_DROPPED(Refusal.MISSING_CODE),
    CODES_SWAPPED(Refusal.UNSORTED_MATERIAL),
    ANSWER(Refusal.OTHER_CLAIM),
    /** Another wallet's path is not there, or is and proves another holding. */
    WALLET(
        Refusal.MISSING_NODE,
        Refusal.UNUSED_MATERIAL,
        Refusal.OTHER_CLAIM,
        Refusal.NOT_A_HOLDER,
        Refusal.UNSORTED_MATERIAL,
        Refusal.DUPLICATE_MATERIAL),
    EVENT(Refusal.OTHER_HISTORY),
    REGISTER(Refusal.INCOMPLETE_REGISTER, Refusal.UNUSED_MATERIAL);

    @SuppressWarnings("ImmutableEnumChecker") // filled here and never changed
    final Set<Refusal> reasons;

    Change(Refusal first, Refusal... more) {
      this.reasons = EnumSet.of(first, more);
    }
  }

  /** One lie for each byte of each part of a bundle, and those that a clever author would try. */
  static List<Lie> about(ProofBundle b) {
    List<Lie> lies = new ArrayList<>();
    flipped(b.header()).forEach(header -> lies.add(new Lie(Change.HEADER, header(b, header))));
    lies.add(
        new Lie(
            Change.CHAIN,
            copy(b, b.chainId().add(BigInteger.ONE), b.contract(), b.header(), b.cloneCode())));
    flipped(Bytes.of(b.contract().bytes()))
        .forEach(address ->
            lies.add(
                new Lie(
                    Change.CONTRACT,
                    copy(b, b.chainId(), Address.of(address.bytes()), b.header(), b.cloneCode()))));
    flipped(b.cloneCode())
        .forEach(code ->
            lies.add(
                new Lie(Change.CLONE_CODE, copy(b, b.chainId(), b.contract(), b.header(), code))));
    codeLies(b, lies);
    nodeLies(b, lies);
    claimLies(b, lies);
    return lies;
  }

  private static void codeLies(ProofBundle b, List<Lie> lies) {
    List<ProofBundle.Code> codes = b.codes();
    for (int i = 0; i < codes.size(); i++) {
      ProofBundle.Code code = codes.get(i);
      for (Bytes address : flipped(Bytes.of(code.address().bytes()))) {
        lies.add(
            new Lie(
                Change.CODE_ADDRESS,
                codes(
                    b,
                    with(
                        codes,
                        i,
                        new ProofBundle.Code(
                            Address.of(address.bytes()), code.template(), code.immutables())))));
      }
      for (Bytes template : flipped(Bytes.of(code.template().bytes()))) {
        lies.add(
            new Lie(
                Change.CODE_TEMPLATE,
                codes(
                    b,
                    with(
                        codes,
                        i,
                        new ProofBundle.Code(
                            code.address(), Hash.of(template.bytes()), code.immutables())))));
      }
      for (var immutable : code.immutables().entrySet()) {
        for (Bytes value : flipped(Bytes.of(immutable.getValue().bytes()))) {
          Map<String, Hash> changed = new TreeMap<>(code.immutables());
          changed.put(immutable.getKey(), Hash.of(value.bytes()));
          lies.add(
              new Lie(
                  Change.IMMUTABLE,
                  codes(
                      b,
                      with(
                          codes,
                          i,
                          new ProofBundle.Code(code.address(), code.template(), changed)))));
        }
      }
      int at = i;
      lies.add(new Lie(Change.CODE_DROPPED, codes(b, changed(codes, list -> list.remove(at)))));
      lies.add(new Lie(Change.CODE_DOUBLED, codes(b, changed(codes, list -> list.add(code)))));
      if (i > 0) {
        lies.add(
            new Lie(
                Change.CODES_SWAPPED,
                codes(b, changed(codes, list -> Collections.swap(list, at - 1, at)))));
      }
    }
  }

  private static void nodeLies(ProofBundle b, List<Lie> lies) {
    List<Bytes> nodes = b.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      int at = i;
      for (Bytes node : flipped(nodes.get(i))) {
        lies.add(new Lie(Change.NODE, nodes(b, with(nodes, i, node))));
      }
      lies.add(new Lie(Change.NODE_DROPPED, nodes(b, changed(nodes, list -> list.remove(at)))));
      lies.add(
          new Lie(
              Change.NODE_DOUBLED, nodes(b, changed(nodes, list -> list.add(at, nodes.get(at))))));
      if (i > 0) {
        lies.add(
            new Lie(
                Change.NODES_SWAPPED,
                nodes(b, changed(nodes, list -> Collections.swap(list, at - 1, at)))));
      }
    }
    lies.add(
        new Lie(
            Change.NODE_FOREIGN,
            nodes(b, changed(nodes, list -> list.add(Bytes.parse("0xc20102"))))));
  }

  private static void claimLies(ProofBundle b, List<Lie> lies) {
    switch (b.claim()) {
      case Claim.Holding(
              Address wallet,
              int date,
              long time,
              BigInteger balance,
              BigInteger locked) -> {
        for (Bytes other : flipped(Bytes.of(wallet.bytes()))) {
          lies.add(
              new Lie(
                  Change.WALLET,
                  claiming(
                      b,
                      new Claim.Holding(Address.of(other.bytes()), date, time, balance, locked))));
        }
        lies.add(
            answer(b, new Claim.Holding(wallet, date, time, balance.add(BigInteger.ONE), locked)));
        lies.add(answer(b, new Claim.Holding(wallet, date, time + 1, balance, locked)));
        lies.add(answer(b, new Claim.Holding(wallet, date, time, balance, null)));
        lies.add(answer(b, new Claim.Holding(wallet, date, time, balance, BigInteger.TEN)));
      }
      case Claim.Register(int date, long time, BigInteger supply, List<Claim.Holder> holders) -> {
        lies.add(answer(b, new Claim.Register(date, time, supply.add(BigInteger.ONE), holders)));
        lies.add(answer(b, new Claim.Register(date, time + 1, supply, holders)));
        for (int i = 0; i < holders.size(); i++) {
          Claim.Holder holder = holders.get(i);
          lies.add(
              answer(b, new Claim.Register(date, time, supply, with(holders, i, more(holder, 1)))));
          for (Bytes other : flipped(Bytes.of(holder.wallet().bytes()))) {
            lies.add(
                new Lie(
                    Change.WALLET,
                    register(
                        b,
                        with(
                            holders,
                            i,
                            new Claim.Holder(Address.of(other.bytes()), holder.shares())))));
          }
          int at = i;
          lies.add(
              new Lie(Change.REGISTER, register(b, changed(holders, list -> list.remove(at)))));
        }
      }
      case Claim.History(Bytes header, Hash earlier, Hash head, List<Claim.Entry> events) -> {
        flipped(Bytes.of(head.bytes()))
            .forEach(other ->
                lies.add(
                    answer(b, new Claim.History(header, earlier, Hash.of(other.bytes()), events))));
        flipped(Bytes.of(earlier.bytes()))
            .forEach(other ->
                lies.add(
                    answer(b, new Claim.History(header, Hash.of(other.bytes()), head, events))));
        for (int i = 0; i < events.size(); i++) {
          Claim.Entry event = events.get(i);
          for (Bytes data : flipped(event.data())) {
            lies.add(event(b, header, earlier, head, with(events, i, with(event, data))));
          }
          for (int t = 0; t < event.topics().size(); t++) {
            for (Bytes topic : flipped(Bytes.of(event.topics().get(t).bytes()))) {
              List<Hash> topics = with(event.topics(), t, Hash.of(topic.bytes()));
              Claim.Entry changed =
                  new Claim.Entry(event.block(), event.time(), topics, event.data());
              lies.add(event(b, header, earlier, head, with(events, i, changed)));
            }
          }
        }
      }
      case Claim.Event(int index, int log, Hash transaction, List<Hash> topics, Bytes data) -> {
        flipped(data)
            .forEach(other ->
                lies.add(answer(b, new Claim.Event(index, log, transaction, topics, other))));
        flipped(Bytes.of(transaction.bytes()))
            .forEach(other ->
                lies.add(
                    answer(b, new Claim.Event(index, log, Hash.of(other.bytes()), topics, data))));
        for (int t = 0; t < topics.size(); t++) {
          for (Bytes topic : flipped(Bytes.of(topics.get(t).bytes()))) {
            lies.add(
                answer(
                    b,
                    new Claim.Event(
                        index, log, transaction, with(topics, t, Hash.of(topic.bytes())), data)));
          }
        }
      }
      case Claim.Commitment told -> commitmentLies(b, told, lies);
      case Claim.Solvency(Address token, BigInteger held, BigInteger owed) -> {
        flipped(Bytes.of(token.bytes()))
            .forEach(other ->
                lies.add(answer(b, new Claim.Solvency(Address.of(other.bytes()), held, owed))));
        lies.add(answer(b, new Claim.Solvency(token, held.add(BigInteger.ONE), owed)));
        lies.add(answer(b, new Claim.Solvency(token, held, owed.add(BigInteger.ONE))));
      }
    }
  }

  private static void commitmentLies(ProofBundle b, Claim.Commitment c, List<Lie> lies) {
    for (Bytes other : flipped(Bytes.of(c.identity().bytes()))) {
      Hash identity = Hash.of(other.bytes());
      lies.add(new Lie(Change.WALLET, claiming(b, with(c, "identity", identity))));
    }
    for (Bytes other : flipped(Bytes.of(c.wallet().bytes()))) {
      lies.add(answer(b, with(c, "wallet", Address.of(other.bytes()))));
    }
    for (CommitmentState state : CommitmentState.values()) {
      if (state != c.state()) {
        lies.add(answer(b, with(c, "state", state)));
      }
    }
    for (RoundStatus status : RoundStatus.values()) {
      if (status != c.round()) {
        lies.add(answer(b, with(c, "round", status)));
      }
    }
    lies.add(answer(b, with(c, "shares", c.shares().add(BigInteger.ONE))));
    lies.add(
        answer(b, with(c, "token", c.wallet().equals(Address.ZERO) ? b.contract() : c.wallet())));
    lies.add(answer(b, with(c, "amount", c.amount().add(BigInteger.ONE))));
    lies.add(answer(b, with(c, "committedAt", c.committedAt() + 1)));
    lies.add(answer(b, with(c, "allotted", BigInteger.ONE)));
    lies.add(answer(b, with(c, "excessPaid", !c.excessPaid())));
  }

  /** The same commitment with another member. */
  static Claim.Commitment with(Claim.Commitment c, String member, Object value) {
    return new Claim.Commitment(
        member.equals("identity") ? (Hash) value : c.identity(),
        member.equals("wallet") ? (Address) value : c.wallet(),
        member.equals("state") ? (CommitmentState) value : c.state(),
        member.equals("round") ? (RoundStatus) value : c.round(),
        member.equals("shares") ? (BigInteger) value : c.shares(),
        member.equals("token") ? (Address) value : c.token(),
        member.equals("amount") ? (BigInteger) value : c.amount(),
        member.equals("committedAt") ? (long) value : c.committedAt(),
        member.equals("allotted") ? (BigInteger) value : c.allotted(),
        member.equals("excessPaid") ? (boolean) value : c.excessPaid());
  }

  private static Lie answer(ProofBundle b, Claim claim) {
    return new Lie(Change.ANSWER, claiming(b, claim));
  }

  private static Lie event(
      ProofBundle b, Bytes header, Hash earlier, Hash head, List<Claim.Entry> events) {
    return new Lie(Change.EVENT, claiming(b, new Claim.History(header, earlier, head, events)));
  }

  static Claim.Entry with(Claim.Entry event, Bytes data) {
    return new Claim.Entry(event.block(), event.time(), event.topics(), data);
  }

  static Claim.Holder more(Claim.Holder holder, long shares) {
    return new Claim.Holder(holder.wallet(), holder.shares().add(BigInteger.valueOf(shares)));
  }

  static ProofBundle register(ProofBundle b, List<Claim.Holder> holders) {
    Claim.Register told = (Claim.Register) b.claim();
    return claiming(b, new Claim.Register(told.recordDate(), told.time(), told.supply(), holders));
  }

  static ProofBundle header(ProofBundle b, Bytes header) {
    return copy(b, b.chainId(), b.contract(), header, b.cloneCode());
  }

  private static ProofBundle copy(
      ProofBundle b, BigInteger chain, Address contract, Bytes header, Bytes cloneCode) {
    return new ProofBundle(
        b.format(), chain, contract, header, cloneCode, b.codes(), b.nodes(), b.claim());
  }

  private static ProofBundle codes(ProofBundle b, List<ProofBundle.Code> codes) {
    return new ProofBundle(
        b.format(),
        b.chainId(),
        b.contract(),
        b.header(),
        b.cloneCode(),
        codes,
        b.nodes(),
        b.claim());
  }

  private static ProofBundle nodes(ProofBundle b, List<Bytes> nodes) {
    return new ProofBundle(
        b.format(),
        b.chainId(),
        b.contract(),
        b.header(),
        b.cloneCode(),
        b.codes(),
        nodes,
        b.claim());
  }

  static ProofBundle claiming(ProofBundle b, Claim claim) {
    return new ProofBundle(
        b.format(),
        b.chainId(),
        b.contract(),
        b.header(),
        b.cloneCode(),
        b.codes(),
        b.nodes(),
        claim);
  }

  static <T> List<T> with(List<T> list, int index, T value) {
    List<T> copy = new ArrayList<>(list);
    copy.set(index, value);
    return copy;
  }

  private static <T> List<T> changed(List<T> list, Consumer<List<T>> change) {
    List<T> copy = new ArrayList<>(list);
    change.accept(copy);
    return copy;
  }

  /** The same bytes as often as there are bytes, each time with one bit of another one changed. */
  private static List<Bytes> flipped(Bytes bytes) {
    List<Bytes> all = new ArrayList<>();
    for (int i = 0; i < bytes.size(); i++) {
      byte[] copy = bytes.bytes();
      copy[i] ^= (byte) (1 << i % Byte.SIZE);
      all.add(Bytes.of(copy));
    }
    return all;
  }
}
