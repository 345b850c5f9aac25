package io.fundtrail.share;

import io.fundtrail.index.ContractKind;
import io.fundtrail.index.LogEntry;
import io.fundtrail.index.Projection;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.ShareCount;
import io.fundtrail.share.ShareEvent.CompanyRegistered;
import io.fundtrail.share.ShareEvent.ReservationReleased;
import io.fundtrail.share.ShareEvent.ShareClassOpened;
import io.fundtrail.share.ShareEvent.SharesIssued;
import io.fundtrail.share.ShareEvent.SharesReserved;
import io.fundtrail.share.ShareEvent.Transferred;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Keeps the tables of companies, share classes, holdings and issuances. */
public final class ShareProjection implements Projection {
  public static final ContractKind DIRECTORY = new ContractKind("directory");
  public static final ContractKind SHARE_CLASS = new ContractKind("share-class");

  @Override
  public String version() {
    return "share/1";
  }

  @Override
  public Set<ContractKind> kinds() {
    return Set.of(DIRECTORY, SHARE_CLASS);
  }

  @Override
  public List<String> historyTables() {
    return List.of("company", "share_class", "share_class_state", "holding", "issuance");
  }

  @Override
  public void apply(Handle handle, LogEntry entry) {
    ShareEventReader.read(entry.log()).ifPresent(event -> apply(handle, entry, event));
  }

  private static void apply(Handle handle, LogEntry entry, ShareEvent event) {
    Address shareClass = entry.log().address();
    BlockRef block = entry.block();
    switch (event) {
      case CompanyRegistered company -> register(handle, block, company);
      case ShareClassOpened opened -> open(handle, shareClass, block, opened);
      case Transferred transfer -> transfer(handle, shareClass, block, transfer);
      case SharesReserved(ShareCount shares) -> {
        ShareClassState state = ShareClassState.last(handle, shareClass);
        state.reserved(state.reserved().plus(shares)).store(handle, shareClass, block);
      }
      case ReservationReleased(ShareCount shares) -> release(handle, shareClass, block, shares);
      case SharesIssued issued -> {
        release(handle, shareClass, block, issued.shares());
        issue(handle, entry, issued);
      }
    }
  }

  private static void register(Handle handle, BlockRef block, CompanyRegistered company) {
    handle
        .createUpdate(
            """
            insert into company
              (company_id, block_number, controller, fee_bps, name, registration, search)
            values
              (:companyId, :block, :controller, :feeBps, :name, :registration, :search)
            """)
        .bind("companyId", company.companyId())
        .bind("block", block.number())
        .bind("controller", company.controller())
        .bind("feeBps", company.feeBps())
        .bind("name", company.name())
        .bind("registration", company.registration())
        .bind("search", company.name().toLowerCase(Locale.ROOT))
        .execute();
  }

  private static void open(
      Handle handle, Address shareClass, BlockRef block, ShareClassOpened opened) {
    handle
        .createUpdate(
            """
            insert into share_class
              (address, block_number, company_id, authorised, name, symbol, search, opened_at)
            values
              (:address, :block, :companyId, :authorised, :name, :symbol, :search, :openedAt)
            """)
        .bind("address", shareClass)
        .bind("block", block.number())
        .bind("companyId", opened.companyId())
        .bind("authorised", opened.authorised())
        .bind("name", opened.name())
        .bind("symbol", opened.symbol())
        .bind("search", opened.name().toLowerCase(Locale.ROOT))
        .bind("openedAt", block.time())
        .execute();
    ShareClassState.EMPTY.store(handle, shareClass, block);
  }

  private static void release(
      Handle handle, Address shareClass, BlockRef block, ShareCount shares) {
    ShareClassState state = ShareClassState.last(handle, shareClass);
    state.reserved(state.reserved().minus(shares)).store(handle, shareClass, block);
  }

  private static void transfer(
      Handle handle, Address shareClass, BlockRef block, Transferred transfer) {
    ShareCount shares = transfer.shares();
    if (shares.isZero() || transfer.from().equals(transfer.to())) {
      return;
    }
    ShareClassState state = ShareClassState.last(handle, shareClass);
    if (transfer.from().equals(Address.ZERO)) {
      state = state.issued(state.issued().plus(shares));
    } else {
      ShareCount before = held(handle, shareClass, transfer.from());
      hold(handle, shareClass, block, transfer.from(), before.minus(shares));
      state = before.equals(shares) ? state.holders(state.holders() - 1) : state;
    }
    if (transfer.to().equals(Address.ZERO)) {
      state = state.issued(state.issued().minus(shares));
    } else {
      ShareCount before = held(handle, shareClass, transfer.to());
      hold(handle, shareClass, block, transfer.to(), before.plus(shares));
      state = before.isZero() ? state.holders(state.holders() + 1) : state;
    }
    state.store(handle, shareClass, block);
  }

  private static ShareCount held(Handle handle, Address shareClass, Address holder) {
    return handle
        .createQuery(
            """
            select shares
            from holding
            where share_class = :shareClass and holder = :holder
            order by block_number desc
            limit 1
            """)
        .bind("shareClass", shareClass)
        .bind("holder", holder)
        .mapTo(ShareCount.class)
        .findOne()
        .orElse(ShareCount.ZERO);
  }

  private static void hold(
      Handle handle, Address shareClass, BlockRef block, Address holder, ShareCount shares) {
    handle
        .createUpdate(
            """
            insert into holding (share_class, holder, block_number, shares, changed_at)
            values (:shareClass, :holder, :block, :shares, :changedAt)
            on conflict (share_class, holder, block_number) do update set shares = :shares
            """)
        .bind("shareClass", shareClass)
        .bind("holder", holder)
        .bind("block", block.number())
        .bind("shares", shares)
        .bind("changedAt", block.time())
        .execute();
  }

  private static void issue(Handle handle, LogEntry entry, SharesIssued issued) {
    handle
        .createUpdate(
            """
            insert into issuance
              (share_class, block_number, log_index, round, holder, shares, locked_until)
            values
              (:shareClass, :block, :logIndex, :round, :holder, :shares, :lockedUntil)
            """)
        .bind("shareClass", entry.log().address())
        .bind("block", entry.block().number())
        .bind("logIndex", entry.log().ref().logIndex())
        .bind("round", issued.round())
        .bind("holder", issued.holder())
        .bind("shares", issued.shares())
        .bind("lockedUntil", issued.lockedUntil())
        .execute();
  }
}
