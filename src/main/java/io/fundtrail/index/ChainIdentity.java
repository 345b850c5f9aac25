package io.fundtrail.index;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which chain, and which ledger on it, an index is of. Pinned when the index begins. */
public record ChainIdentity(long chainId, Hash genesis, Address directory) {
  /** The identity pinned in the database; none before the first start. */
  public static Optional<ChainIdentity> read(Handle handle) {
    return handle
        .createQuery("select chain_id, genesis, directory from chain_identity")
        .map((row, context) ->
            new ChainIdentity(
                row.getLong("chain_id"),
                Hash.of(row.getBytes("genesis")),
                Address.of(row.getBytes("directory"))))
        .findOne();
  }

  void pin(Handle handle) {
    handle.execute("delete from chain_identity");
    handle
        .createUpdate(
            """
            insert into chain_identity (only_row, chain_id, genesis, directory)
            values (1, :chainId, :genesis, :directory)
            """)
        .bind("chainId", chainId)
        .bind("genesis", genesis)
        .bind("directory", directory)
        .execute();
  }

  @Override
  public String toString() {
    return "chain %d with genesis %s and directory %s".formatted(chainId, genesis, directory);
  }
}
