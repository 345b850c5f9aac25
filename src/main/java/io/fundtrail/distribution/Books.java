package io.fundtrail.distribution;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.TokenAmount;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What a contract of distributions keeps beside them, after a block.
 *
 * @param carried dust that goes into the next distribution
 * @param credited what the company was credited with so far: withheld, or come back
 * @param paid of it, what the company was paid
 */
record Books(TokenAmount carried, TokenAmount credited, TokenAmount paid) {
  static final Books EMPTY = new Books(TokenAmount.ZERO, TokenAmount.ZERO, TokenAmount.ZERO);

  Books carry(TokenAmount dust) {
    return new Books(carried.plus(dust), credited, paid);
  }

  Books takeCarried() {
    return new Books(TokenAmount.ZERO, credited, paid);
  }

  Books credit(TokenAmount amount) {
    return new Books(carried, credited.plus(amount), paid);
  }

  Books pay(TokenAmount amount) {
    return new Books(carried, credited, paid.plus(amount));
  }

  static Books last(Handle handle, Address contract) {
    return after(handle, contract, Long.MAX_VALUE).orElse(EMPTY);
  }

  static Optional<Books> after(Handle handle, Address contract, long block) {
    return handle
        .createQuery(
            """
            select carried, credited, paid
            from distribution_books
            where contract = :contract and block_number <= :block
            order by block_number desc
            limit 1
            """)
        .bind("contract", contract)
        .bind("block", block)
        .map((row, context) ->
            new Books(
                Distributions.amount(row, "carried"),
                Distributions.amount(row, "credited"),
                Distributions.amount(row, "paid")))
        .findOne();
  }

  void store(Handle handle, Address contract, BlockRef block) {
    handle
        .createUpdate(
            """
            insert into distribution_books (contract, block_number, carried, credited, paid)
            values (:contract, :block, :carried, :credited, :paid)
            on conflict (contract, block_number) do update set
              carried = :carried, credited = :credited, paid = :paid
            """)
        .bind("contract", contract)
        .bind("block", block.number())
        .bind("carried", carried)
        .bind("credited", credited)
        .bind("paid", paid)
        .execute();
  }
}
