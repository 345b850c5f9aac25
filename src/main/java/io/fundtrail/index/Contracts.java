package io.fundtrail.index;

import io.fundtrail.model.Address;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The contracts that the index follows. */
public final class Contracts {
  private static final String COLUMNS =
      "select address, kind, born_block, announced_block from followed_contract\n";

  private Contracts() {}

  /** All of them, in the order of their birth. */
  public static List<FollowedContract> all(Handle handle) {
    return handle
        .createQuery(COLUMNS + "order by born_block, address")
        .map((row, context) -> read(row))
        .list();
  }

  /** The contract of an address, if it is followed. */
  public static Optional<FollowedContract> at(Handle handle, Address address) {
    return handle
        .createQuery(COLUMNS + "where address = :address")
        .bind("address", address)
        .map((row, context) -> read(row))
        .findOne();
  }

  static void add(Handle handle, Collection<FollowedContract> contracts) {
    if (contracts.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into followed_contract (address, kind, born_block, announced_block)
            values (:address, :kind, :bornBlock, :announcedBlock)
            """);
    for (FollowedContract contract : contracts) {
      batch
          .bind("address", contract.address())
          .bind("kind", contract.kind().name())
          .bind("bornBlock", contract.bornBlock())
          .bind("announcedBlock", contract.announcedBlock())
          .add();
    }
    batch.execute();
  }

  private static FollowedContract read(ResultSet row) throws SQLException {
    return new FollowedContract(
        Address.of(row.getBytes("address")),
        new ContractKind(row.getString("kind")),
        row.getLong("born_block"),
        row.getLong("announced_block"));
  }
}
