package io.fundtrail.vote;

import io.fundtrail.index.Blocks;
import io.fundtrail.index.LogEntry;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.vote.Vote.Electorate;
import io.fundtrail.vote.VoteEvent.ElectorateNamed;
import io.fundtrail.vote.VoteEvent.VoteOpened;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Votes as they were after a block. */
final class Votes {
  private static final String SELECT =
      """
      select v.address, v.block_number, v.log_index, v.company_id, v.opened_by, v.subject, v.round,
        v.target, v.treasury, v.document_hash, v.quorum_bps, v.majority_bps, v.opens_at,
        v.closes_at, v.opened_at, c.name as company_name,
        n.in_favour, n.against, n.abstained, n.ballots
      from vote v
      join vote_count n on n.vote = v.address
       and n.block_number =
         (select max(x.block_number) from vote_count x
          where x.vote = v.address and x.block_number <= :block)
      join company c on c.company_id = v.company_id
       and c.block_number =
         (select max(x.block_number) from company x
          where x.company_id = v.company_id and x.block_number <= :block)
      where v.block_number <= :block
      """;

  private Votes() {}

  /** Which votes are asked for; an empty part asks for all. */
  record Filter(Optional<BigInteger> company, Optional<Address> target) {}

  static Optional<Vote> find(Handle handle, Address address, long block) {
    return handle
        .createQuery(SELECT + "and v.address = :address")
        .bind("address", address)
        .bind("block", block)
        .map((row, context) -> read(handle, row, block))
        .findOne();
  }

  /**
   * Votes, the one opened last first.
   *
   * @param after the opening of the last vote of the page before
   */
  static List<Vote> list(
      Handle handle, Filter filter, long block, Optional<LogRef> after, int limit) {
    StringBuilder sql = new StringBuilder(SELECT);
    filter.company().ifPresent(_ -> sql.append("and v.company_id = :company\n"));
    filter.target().ifPresent(_ -> sql.append("and v.target = :target\n"));
    after.ifPresent(
        _ -> sql.append("and (v.block_number, v.log_index) < (:afterBlock, :afterIndex)\n"));
    sql.append("order by v.block_number desc, v.log_index desc limit :limit");
    Query query = handle.createQuery(sql.toString()).bind("block", block).bind("limit", limit);
    filter.company().ifPresent(company -> query.bind("company", company.longValueExact()));
    filter.target().ifPresent(target -> query.bind("target", target));
    after.ifPresent(
        last -> query.bind("afterBlock", last.blockNumber()).bind("afterIndex", last.logIndex()));
    return query.map((row, context) -> read(handle, row, block)).list();
  }

  static void store(Handle handle, LogEntry entry, VoteOpened opened) {
    handle
        .createUpdate(
            """
            insert into vote
              (address, block_number, log_index, company_id, opened_by, subject, round, target,
               treasury, document_hash, quorum_bps, majority_bps, opens_at, closes_at, opened_at)
            values
              (:address, :block, :logIndex,
               coalesce((select a.company_id from adopted_instance a where a.instance = :address),
                 :companyId),
               :openedBy, :subject, :round, :target,
               :treasury, :documentHash, :quorumBps, :majorityBps, :opensAt, :closesAt, :openedAt)
            """)
        .bind("address", entry.log().address())
        .bind("block", entry.block().number())
        .bind("logIndex", entry.log().ref().logIndex())
        .bind("companyId", opened.companyId())
        .bind("openedBy", opened.openedBy())
        .bind("subject", opened.subject())
        .bindByType("round", opened.round(), Address.class)
        .bindByType("target", opened.target(), Address.class)
        .bind("treasury", opened.treasury())
        .bind("documentHash", opened.documentHash())
        .bind("quorumBps", opened.quorumBps())
        .bind("majorityBps", opened.majorityBps())
        .bind("opensAt", opened.opensAt())
        .bind("closesAt", opened.closesAt())
        .bind("openedAt", entry.block().time())
        .execute();
  }

  static void store(Handle handle, Address vote, BlockRef block, ElectorateNamed named) {
    handle
        .createUpdate(
            """
            insert into vote_electorate
              (vote, share_class, block_number, record_date, votes_per_share)
            values (:vote, :shareClass, :block, :recordDate, :votesPerShare)
            """)
        .bind("vote", vote)
        .bind("shareClass", named.shareClass())
        .bind("block", block.number())
        .bind("recordDate", named.recordDate())
        .bind("votesPerShare", named.votesPerShare())
        .execute();
  }

  private static Vote read(Handle handle, ResultSet row, long block) throws SQLException {
    Address address = Address.of(row.getBytes("address"));
    VoteOpened terms =
        new VoteOpened(
            row.getLong("company_id"),
            Address.of(row.getBytes("opened_by")),
            Hash.of(row.getBytes("subject")),
            address(row, "round"),
            address(row, "target"),
            Address.of(row.getBytes("treasury")),
            Hash.of(row.getBytes("document_hash")),
            row.getInt("quorum_bps"),
            row.getInt("majority_bps"),
            time(row, "opens_at"),
            time(row, "closes_at"));
    List<Electorate> electorates = electorates(handle, address);
    return new Vote(
        address,
        new LogRef(row.getLong("block_number"), row.getInt("log_index")),
        time(row, "opened_at"),
        row.getString("company_name"),
        terms,
        electorates,
        Count.read(row),
        total(handle, terms, electorates, block));
  }

  private static List<Electorate> electorates(Handle handle, Address vote) {
    return handle
        .createQuery(
            """
            select e.share_class, k.name, e.record_date, d.at, e.votes_per_share
            from vote_electorate e
            join share_class k on k.address = e.share_class
            left join record_date d
              on d.share_class = e.share_class and d.record_index = e.record_date
            where e.vote = :vote
            order by e.share_class
            """)
        .bind("vote", vote)
        .map((row, context) -> {
          long at = row.getLong("at");
          return new Electorate(
              Address.of(row.getBytes("share_class")),
              row.getString("name"),
              row.getInt("record_date"),
              row.wasNull() ? null : Instant.ofEpochSecond(at),
              row.getInt("votes_per_share"));
        })
        .list();
  }

  private static Weight total(
      Handle handle, VoteOpened terms, List<Electorate> electorates, long block) {
    Address round = terms.round();
    if (round != null) {
      return allotted(handle, round, block);
    }
    Weight total = Weight.ZERO;
    for (Electorate electorate : electorates) {
      total = total.plus(votes(handle, electorate, terms.treasury()));
    }
    return total;
  }

  /** What a class could cast: the votes of all shares before the record date but the company's. */
  private static Weight votes(Handle handle, Electorate electorate, Address treasury) {
    Instant recordDate = electorate.recordDateAt();
    Optional<BlockRef> before =
        recordDate == null
            ? Optional.empty()
            : Blocks.lastUntil(handle, recordDate.minusSeconds(1));
    return before
        .map(block -> {
          long shares =
              handle
                  .createQuery(
                      """
                      select
                        coalesce((select issued from share_class_state
                          where share_class = :shareClass and block_number <= :block
                          order by block_number desc limit 1), 0)
                        - coalesce((select shares from holding
                          where share_class = :shareClass and holder = :treasury
                            and block_number <= :block
                          order by block_number desc limit 1), 0)
                      """)
                  .bind("shareClass", electorate.shareClass())
                  .bind("treasury", treasury)
                  .bind("block", block.number())
                  .mapTo(Long.class)
                  .one();
          return new Weight(
              BigInteger.valueOf(shares).multiply(BigInteger.valueOf(electorate.votesPerShare())));
        })
        .orElse(Weight.ZERO);
  }

  private static Weight allotted(Handle handle, Address round, long block) {
    return handle
        .createQuery(
            """
            select outside_shares
            from round_state
            where round = :round and block_number <= :block
            order by block_number desc
            limit 1
            """)
        .bind("round", round)
        .bind("block", block)
        .mapTo(Long.class)
        .findOne()
        .map(shares -> new Weight(BigInteger.valueOf(shares)))
        .orElse(Weight.ZERO);
  }

  private static @Nullable Address address(ResultSet row, String column) throws SQLException {
    byte @Nullable [] bytes = row.getBytes(column);
    return bytes == null ? null : Address.of(bytes);
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochSecond(row.getLong(column));
  }
}
