package io.fundtrail.share;

import io.fundtrail.api.ShortText;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The documents that companies attach to their share classes (ERC-1643). */
final class Documents {
  private Documents() {}

  /**
   * A document, as the API gives it.
   *
   * @param name its text, where it is one, or 32 bytes
   */
  record Document(String name, String uri, Hash hash, Instant setAt) {}

  /** Those attached after a block, by name. */
  static List<Document> list(Handle handle, Address shareClass, long block) {
    return handle
        .createQuery(
            """
            select d.name, d.uri, d.hash, d.set_at
            from share_document d
            where d.share_class = :shareClass and d.hash <> :none
              and d.block_number =
                (select max(x.block_number) from share_document x
                 where x.share_class = d.share_class and x.name = d.name
                   and x.block_number <= :block)
            order by d.name
            """)
        .bind("shareClass", shareClass)
        .bind("none", Hash.ZERO)
        .bind("block", block)
        .map((row, context) ->
            new Document(
                ShortText.of(row.getBytes("name")),
                row.getString("uri"),
                Hash.of(row.getBytes("hash")),
                Instant.ofEpochSecond(row.getLong("set_at"))))
        .list();
  }

  static void store(
      Handle handle, Address shareClass, BlockRef block, Hash name, String uri, Hash hash) {
    handle
        .createUpdate(
            """
            insert into share_document (share_class, name, block_number, uri, hash, set_at)
            values (:shareClass, :name, :block, :uri, :hash, :setAt)
            on conflict (share_class, name, block_number) do update set uri = :uri, hash = :hash
            """)
        .bind("shareClass", shareClass)
        .bind("name", name)
        .bind("block", block.number())
        .bind("uri", uri)
        .bind("hash", hash)
        .bind("setAt", block.time())
        .execute();
  }
}
