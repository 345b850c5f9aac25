package io.fundtrail.distribution;

import io.fundtrail.distribution.DistributionEvent.ClaimsOpened;
import io.fundtrail.distribution.DistributionEvent.CompanyPaid;
import io.fundtrail.distribution.DistributionEvent.DistributionClaimed;
import io.fundtrail.distribution.DistributionEvent.DistributionDeclared;
import io.fundtrail.distribution.DistributionEvent.DistributionFunded;
import io.fundtrail.distribution.DistributionEvent.DistributionReturned;
import io.fundtrail.distribution.DistributionEvent.DistributionsOpened;
import io.fundtrail.distribution.DistributionEvent.DustCarried;
import io.fundtrail.distribution.DistributionEvent.PayeeSet;
import io.fundtrail.distribution.DistributionEvent.WithholdingNoted;
import io.fundtrail.index.ContractKind;
import io.fundtrail.index.LogEntry;
import io.fundtrail.index.Projection;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.TokenAmount;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Keeps the tables of distributions and their claims. */
public final class DistributionProjection implements Projection {
  public static final ContractKind DISTRIBUTION = new ContractKind("distribution");

  @Override
  public String version() {
    return "distribution/3";
  }

  @Override
  public Set<ContractKind> kinds() {
    return Set.of(DISTRIBUTION);
  }

  @Override
  public List<String> historyTables() {
    return List.of(
        "distribution_contract",
        "distribution_books",
        "distribution",
        "distribution_claim",
        "distribution_payee",
        "distribution_withholding");
  }

  @Override
  public void apply(Handle handle, LogEntry entry) {
    DistributionEventReader.read(entry.log())
        .ifPresent(event -> new Step(handle, entry.log().address(), entry).take(event));
  }

  /** One event of one contract. */
  private record Step(Handle handle, Address contract, LogEntry entry) {
    void take(DistributionEvent event) {
      switch (event) {
        case DistributionsOpened opened -> Distributions.open(handle, entry, opened);
        case DistributionDeclared declared ->
            store(Distribution.declared(declared, entry.log().ref(), block()));
        case DistributionFunded(long id, TokenAmount _) ->
            next(id, before -> before.in(Status.FUNDED));
        case ClaimsOpened opened -> {
          books(Books::takeCarried);
          next(opened.id(), before -> before.open(opened));
        }
        case DistributionReturned(long id, TokenAmount amount) -> {
          books(before -> before.credit(amount));
          next(id, before -> before.in(Status.RETURNED));
        }
        case DistributionClaimed claimed -> {
          if (!claimed.withheld().isZero()) {
            books(before -> before.credit(claimed.withheld()));
          }
          next(claimed.id(), before -> before.claim(claimed));
          Claims.store(handle, entry, claimed);
        }
        case PayeeSet(Address holder, Address payee) -> Dues.pay(handle, entry, holder, payee);
        case WithholdingNoted noted -> Dues.withhold(handle, entry, noted);
        case DustCarried(long id, TokenAmount dust) -> {
          books(before -> before.carry(dust));
          next(id, before -> before.carry(dust));
        }
        case CompanyPaid(TokenAmount amount, TokenAmount _) -> books(before -> before.pay(amount));
      }
    }

    private BlockRef block() {
      return entry.block();
    }

    private void books(UnaryOperator<Books> change) {
      change.apply(Books.last(handle, contract)).store(handle, contract, block());
    }

    private void next(long id, UnaryOperator<Distribution> change) {
      store(change.apply(Distributions.last(handle, contract, id)));
    }

    private void store(Distribution distribution) {
      Distributions.store(handle, contract, block(), distribution);
    }
  }
}
