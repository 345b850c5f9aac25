package io.fundtrail.share;

import io.fundtrail.index.ContractKind;
import io.fundtrail.index.Contracts;
import io.fundtrail.index.LogEntry;
import io.fundtrail.index.Projection;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.share.Companies.Place;
import io.fundtrail.share.ShareEvent.AuthorisedRaised;
import io.fundtrail.share.ShareEvent.CompanyMoved;
import io.fundtrail.share.ShareEvent.CompanyRegistered;
import io.fundtrail.share.ShareEvent.ControllerChanged;
import io.fundtrail.share.ShareEvent.ControllerProposed;
import io.fundtrail.share.ShareEvent.DocumentRemoved;
import io.fundtrail.share.ShareEvent.DocumentUpdated;
import io.fundtrail.share.ShareEvent.Frozen;
import io.fundtrail.share.ShareEvent.InstanceAdopted;
import io.fundtrail.share.ShareEvent.LockedSharesMoved;
import io.fundtrail.share.ShareEvent.OrderAnnounced;
import io.fundtrail.share.ShareEvent.OrderExecuted;
import io.fundtrail.share.ShareEvent.OrderWithdrawn;
import io.fundtrail.share.ShareEvent.RecordDateDeclared;
import io.fundtrail.share.ShareEvent.ReservationReleased;
import io.fundtrail.share.ShareEvent.ShareClassOpened;
import io.fundtrail.share.ShareEvent.SharesIssued;
import io.fundtrail.share.ShareEvent.SharesReserved;
import io.fundtrail.share.ShareEvent.SharesSplit;
import io.fundtrail.share.ShareEvent.Transferred;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Keeps the tables of companies, share classes and who holds what of them. */
public final class ShareProjection implements Projection {
  public static final ContractKind DIRECTORY = new ContractKind("directory");
  public static final ContractKind SHARE_CLASS = new ContractKind("share-class");

  private static final ContractKind ROUND = new ContractKind("round");

  @Override
  public String version() {
    return "share/5";
  }

  @Override
  public Set<ContractKind> kinds() {
    return Set.of(DIRECTORY, SHARE_CLASS);
  }

  @Override
  public List<String> historyTables() {
    return List.of(
        "company",
        "adopted_instance",
        "share_class",
        "share_class_state",
        "holding",
        "kept_register",
        "lot",
        "frozen_shares",
        "record_date",
        "share_order",
        "share_document");
  }

  @Override
  public List<String> queryIndexes() {
    return List.of(TransferRun.INDEX_BY_HOLDER);
  }

  @Override
  public void apply(Handle handle, LogEntry entry) {
    ShareEventReader.read(entry.log()).ifPresent(event -> apply(handle, entry, event));
  }

  @Override
  public void applyAll(Handle handle, List<LogEntry> entries) {
    List<TransferRun.Transfer> transfers = new ArrayList<>();
    for (LogEntry entry : entries) {
      Optional<ShareEvent> event = ShareEventReader.read(entry.log());
      if (event.orElse(null) instanceof Transferred transferred) {
        transfers.add(new TransferRun.Transfer(entry.log().address(), entry.block(), transferred));
      } else if (event.isPresent()) {
        TransferRun.store(handle, transfers);
        transfers.clear();
        apply(handle, entry, event.get());
      }
    }
    TransferRun.store(handle, transfers);
  }

  private static void apply(Handle handle, LogEntry entry, ShareEvent event) {
    Address shareClass = entry.log().address();
    BlockRef block = entry.block();
    switch (event) {
      case CompanyRegistered company ->
          Companies.register(handle, block, entry.log().address(), company);
      case ControllerProposed(long number, Address candidate) ->
          Companies.change(
              handle,
              block,
              new Place(entry.log().address(), number),
              company -> company.proposing(candidate.equals(Address.ZERO) ? null : candidate));
      case ControllerChanged(long number, Address controller) ->
          Companies.change(
              handle,
              block,
              new Place(entry.log().address(), number),
              company -> company.controlledBy(controller));
      case CompanyMoved(long number, Address directory, long successor) ->
          Companies.change(
              handle,
              block,
              new Place(entry.log().address(), number),
              company -> company.movedTo(new Place(directory, successor)));
      case InstanceAdopted(Address instance, long companyId) ->
          Companies.adopt(handle, block, entry.log().address(), instance, companyId);
      case ShareClassOpened opened -> open(handle, entry, opened);
      case Transferred transfer ->
          TransferRun.store(handle, List.of(new TransferRun.Transfer(shareClass, block, transfer)));
      case SharesReserved(ShareCount shares) ->
          next(handle, shareClass, block, state -> state.reserved(state.reserved().plus(shares)));
      case ReservationReleased(ShareCount shares) -> release(handle, shareClass, block, shares);
      case SharesIssued issued -> issue(handle, shareClass, block, issued);
      case LockedSharesMoved moved -> moveLocked(handle, shareClass, block, moved);
      case AuthorisedRaised(ShareCount authorised) ->
          next(handle, shareClass, block, state -> state.authorised(authorised));
      case SharesSplit split -> split(handle, shareClass, block, split);
      case RecordDateDeclared declared -> RecordDates.store(handle, shareClass, block, declared);
      case Frozen(Address account, TokenAmount shares) ->
          Freezes.store(handle, shareClass, block, account, shares);
      case DocumentUpdated(Hash name, String uri, Hash hash) ->
          Documents.store(handle, shareClass, block, name, uri, hash);
      case DocumentRemoved(Hash name) ->
          Documents.store(handle, shareClass, block, name, "", Hash.ZERO);
      case OrderAnnounced announced -> Orders.announce(handle, shareClass, block, announced);
      case OrderWithdrawn(Hash order) ->
          Orders.become(handle, shareClass, block, order, OrderStatus.WITHDRAWN);
      case OrderExecuted(Hash order) ->
          Orders.become(handle, shareClass, block, order, OrderStatus.EXECUTED);
    }
  }

  private static void open(Handle handle, LogEntry entry, ShareClassOpened opened) {
    Address shareClass = entry.log().address();
    ShareClasses.store(handle, entry, opened);
    ShareClassState.opened(opened.authorised()).store(handle, shareClass, entry.block());
  }

  private static void next(
      Handle handle, Address shareClass, BlockRef block, UnaryOperator<ShareClassState> change) {
    change.apply(ShareClassState.last(handle, shareClass)).store(handle, shareClass, block);
  }

  private static void release(
      Handle handle, Address shareClass, BlockRef block, ShareCount shares) {
    next(handle, shareClass, block, state -> state.reserved(state.reserved().minus(shares)));
  }

  /** Only what a round issues had been reserved. */
  private static void issue(
      Handle handle, Address shareClass, BlockRef block, SharesIssued issued) {
    boolean byRound =
        Contracts.at(handle, issued.source())
            .filter(source -> source.kind().equals(ROUND))
            .isPresent();
    if (byRound) {
      release(handle, shareClass, block, issued.shares());
    }
    if (issued.lockedUntil().isAfter(block.time())) {
      Lots.add(handle, shareClass, block, issued.holder(), issued.lockedUntil(), issued.shares());
    }
  }

  private static void moveLocked(
      Handle handle, Address shareClass, BlockRef block, LockedSharesMoved moved) {
    if (!moved.from().equals(Address.ZERO)) {
      Lots.take(handle, shareClass, block, moved.from(), moved.lockedUntil(), moved.shares());
    }
    if (!moved.to().equals(Address.ZERO)) {
      Lots.add(handle, shareClass, block, moved.to(), moved.lockedUntil(), moved.shares());
    }
  }

  private static void split(Handle handle, Address shareClass, BlockRef block, SharesSplit split) {
    handle
        .createUpdate(
            """
            insert into holding (share_class, holder, block_number, shares, changed_at)
            select h.share_class, h.holder, :block, h.shares * :factor, :changedAt
            from (select x.holder, max(x.block_number) as changed_in from holding x
                  where x.share_class = :shareClass
                  group by x.holder) l
            join holding h
             on h.share_class = :shareClass and h.block_number = l.changed_in
              and h.holder = l.holder
            where h.shares > 0
            on conflict (share_class, block_number, holder) do update set shares = excluded.shares
            """)
        .bind("shareClass", shareClass)
        .bind("block", block.number())
        .bind("factor", split.factor())
        .bind("changedAt", block.time())
        .execute();
    Lots.split(handle, shareClass, block, split.factor());
    Freezes.split(handle, shareClass, block, split.factor());
    Orders.split(handle, shareClass, block);
    next(
        handle,
        shareClass,
        block,
        state ->
            state.issued(split.supply()).authorised(split.authorised()).changed(state.holders()));
  }
}
