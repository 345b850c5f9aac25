package io.fundtrail.vote;

import io.fundtrail.api.Words;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Votes that persons can still take part in: by shares held at a record date, or by allotment. */
public final class OpenVotes {
  private static final String COLUMNS =
      """
      v.address, v.company_id, c.name as company_name, v.subject, v.document_hash, v.opens_at,
      v.closes_at
      """;

  private static final String COMPANY =
      """
      join company c on c.company_id = v.company_id
       and c.block_number =
         (select max(x.block_number) from company x
          where x.company_id = v.company_id and x.block_number <= :block)
      """;

  private static final String BY_SHARES =
      "select h.holder as elector, h.shares as shares, e.votes_per_share as votes,\n"
          + COLUMNS
          + "from vote v\n"
          + COMPANY
          + """
          join vote_electorate e on e.vote = v.address
          join record_date r on r.share_class = e.share_class and r.record_index = e.record_date
          join holding h on h.share_class = e.share_class and h.shares > 0
           and h.holder <> v.treasury
           and h.block_number =
             (select max(x.block_number) from holding x
              where x.share_class = h.share_class and x.holder = h.holder and x.changed_at < r.at)
          where h.holder in (<persons>) and r.at <= :time
          """;

  private static final String BY_ALLOTMENT =
      "select m.identity as elector, m.allotted as shares, 1 as votes,\n"
          + COLUMNS
          + "from vote v\n"
          + COMPANY
          + """
          join commitment m on m.round = v.round and m.state = 'settled' and m.allotted > 0
           and not m.affiliated
           and m.block_number =
             (select max(x.block_number) from commitment x
              where x.round = m.round and x.identity = m.identity and x.block_number <= :block)
          where m.identity in (<persons>)
          """;

  private static final String OPEN =
      """
      and v.block_number <= :block and v.closes_at > :time
      order by v.closes_at, v.address
      limit :limit
      """;

  private OpenVotes() {}

  /**
   * A vote that an elector can take part in.
   *
   * @param elector a wallet at the record date, left-padded with zeros, or in a round's vote an
   *     identity
   * @param choice of the ballot that stands
   */
  public record OpenVote(
      Address vote,
      BigInteger companyId,
      String company,
      Hash subject,
      Hash documentHash,
      Instant opensAt,
      Instant closesAt,
      Hash elector,
      String weight,
      String choice,
      @Nullable Address proxy) {}

  private record Key(Address vote, Hash elector) {}

  private record Seat(Key key, OpenVote vote, Weight weight) {
    Seat plus(Seat other) {
      return new Seat(key, vote, weight.plus(other.weight));
    }

    OpenVote with(@Nullable Ballot ballot) {
      return new OpenVote(
          vote.vote(),
          vote.companyId(),
          vote.company(),
          vote.subject(),
          vote.documentHash(),
          vote.opensAt(),
          vote.closesAt(),
          vote.elector(),
          weight.toString(),
          Words.of(ballot == null ? Choice.NONE : ballot.choice()),
          ballot == null ? null : ballot.proxy());
    }
  }

  /** Votes that are not closed after a block, the one that closes first first. */
  public static List<OpenVote> of(
      Handle handle,
      Collection<Address> wallets,
      Collection<Hash> identities,
      BlockRef block,
      int limit) {
    List<Seat> seats = new ArrayList<>();
    seats.addAll(seats(handle.createQuery(BY_SHARES + OPEN), wallets, block, limit));
    if (!identities.isEmpty()) {
      seats.addAll(seats(handle.createQuery(BY_ALLOTMENT + OPEN), identities, block, limit));
    }
    if (seats.isEmpty()) {
      return List.of();
    }
    Map<Key, Seat> byElector = new LinkedHashMap<>();
    seats.forEach(seat -> byElector.merge(seat.key(), seat, Seat::plus));
    Map<Key, Ballot> ballots = ballots(handle, byElector.keySet(), block);
    return byElector.values().stream()
        .map(seat -> seat.with(ballots.get(seat.key())))
        .sorted(Comparator.comparing(OpenVote::closesAt))
        .toList();
  }

  private static List<Seat> seats(Query query, Collection<?> persons, BlockRef block, int limit) {
    return query
        .bindList("persons", List.copyOf(persons))
        .bind("block", block.number())
        .bind("time", block.time())
        .bind("limit", limit)
        .map((row, context) -> seat(row))
        .list();
  }

  private static Seat seat(ResultSet row) throws SQLException {
    byte[] person = row.getBytes("elector");
    Hash elector = person.length == Address.SIZE ? Address.of(person).toWord() : Hash.of(person);
    Address vote = Address.of(row.getBytes("address"));
    OpenVote found =
        new OpenVote(
            vote,
            BigInteger.valueOf(row.getLong("company_id")),
            row.getString("company_name"),
            Hash.of(row.getBytes("subject")),
            Hash.of(row.getBytes("document_hash")),
            Instant.ofEpochSecond(row.getLong("opens_at")),
            Instant.ofEpochSecond(row.getLong("closes_at")),
            elector,
            "0",
            Words.of(Choice.NONE),
            null);
    BigInteger votes =
        BigInteger.valueOf(row.getLong("shares"))
            .multiply(BigInteger.valueOf(row.getLong("votes")));
    return new Seat(new Key(vote, elector), found, new Weight(votes));
  }

  private static Map<Key, Ballot> ballots(Handle handle, Collection<Key> keys, BlockRef block) {
    Map<Key, Ballot> ballots = new LinkedHashMap<>();
    handle
        .createQuery(
            Ballot.WITH_VOTE
                + """
                where b.vote in (<votes>) and b.elector in (<electors>)
                  and b.block_number =
                    (select max(x.block_number) from ballot x
                     where x.vote = b.vote and x.elector = b.elector
                       and x.block_number <= :block)
                """)
        .bindList("votes", keys.stream().map(Key::vote).distinct().toList())
        .bindList("electors", keys.stream().map(Key::elector).distinct().toList())
        .bind("block", block.number())
        .map((row, context) ->
            Map.entry(Address.of(row.getBytes("vote")), Ballot.read(row, context)))
        .forEach(
            one -> ballots.put(new Key(one.getKey(), one.getValue().elector()), one.getValue()));
    return ballots;
  }
}
