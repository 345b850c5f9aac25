package io.fundtrail.trust;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A trustee's office, after a block.
 *
 * @param resigning leaves as soon as another takes office
 * @param leftAs how the trustee left; null while in office
 */
record Seat(
    int seat, Address trustee, Instant seatedAt, boolean resigning, @Nullable Departure leftAs) {

  private static final String COLUMNS =
      "select e.seat, e.trustee, e.seated_at, e.resigning, e.left_as\nfrom trust_seat e\n";

  Seat resign() {
    return new Seat(seat, trustee, seatedAt, true, leftAs);
  }

  Seat leave(Departure as) {
    return new Seat(seat, trustee, seatedAt, resigning, as);
  }

  static Seat last(Handle handle, Address trust, int seat) {
    return handle
        .createQuery(
            COLUMNS
                + """
                where e.trust = :trust and e.seat = :seat
                order by e.block_number desc
                limit 1
                """)
        .bind("trust", trust)
        .bind("seat", seat)
        .map((row, context) -> read(row))
        .one();
  }

  /** The seat of a trustee in office now; none for anybody else. */
  static OptionalInt inOffice(Handle handle, Address trust, Address trustee) {
    return list(handle, trust, Long.MAX_VALUE).stream()
        .filter(one -> one.leftAs() == null && one.trustee().equals(trustee))
        .mapToInt(Seat::seat)
        .findFirst();
  }

  static List<Seat> list(Handle handle, Address trust, long block) {
    return handle
        .createQuery(
            COLUMNS
                + """
                where e.trust = :trust
                  and e.block_number =
                    (select max(x.block_number) from trust_seat x
                     where x.trust = e.trust and x.seat = e.seat and x.block_number <= :block)
                order by e.seat
                """)
        .bind("trust", trust)
        .bind("block", block)
        .map((row, context) -> read(row))
        .list();
  }

  void store(Handle handle, Address trust, BlockRef block) {
    handle
        .createUpdate(
            """
            insert into trust_seat
              (trust, seat, block_number, trustee, seated_at, resigning, left_as)
            values (:trust, :seat, :block, :trustee, :seatedAt, :resigning, :leftAs)
            on conflict (trust, seat, block_number) do update set
              trustee = :trustee, seated_at = :seatedAt, resigning = :resigning, left_as = :leftAs
            """)
        .bind("trust", trust)
        .bind("seat", seat)
        .bind("block", block.number())
        .bind("trustee", trustee)
        .bind("seatedAt", seatedAt)
        .bind("resigning", resigning)
        .bindByType("leftAs", leftAs == null ? null : leftAs.name(), String.class)
        .execute();
  }

  private static Seat read(ResultSet row) throws SQLException {
    @Nullable String leftAs = row.getString("left_as");
    return new Seat(
        row.getInt("seat"),
        Address.of(row.getBytes("trustee")),
        Instant.ofEpochSecond(row.getLong("seated_at")),
        row.getBoolean("resigning"),
        leftAs == null ? null : Departure.valueOf(leftAs));
  }
}
