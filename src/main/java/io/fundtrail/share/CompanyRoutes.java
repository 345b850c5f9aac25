package io.fundtrail.share;

import io.fundtrail.api.Answer;
import io.fundtrail.api.Dated;
import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.Paging;
import io.fundtrail.api.Paging.Page;
import io.fundtrail.api.Problem;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.model.AsOf;
import io.fundtrail.share.Companies.Company;
import io.fundtrail.share.Companies.Contracts;
import io.fundtrail.store.ReadOnlyDatabase;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows companies, and what was opened for each. */
public final class CompanyRoutes implements Routes {
  private static final int LONGEST_TEXT = 100;

  private final ReadOnlyDatabase database;
  private final Moments moments;

  public CompanyRoutes(ReadOnlyDatabase database, Moments moments) {
    this.database = database;
    this.moments = moments;
  }

  record CompanyAnswer(AsOf asOf, Companies.View company, Contracts contracts) implements Dated {}

  record CompanyList(AsOf asOf, List<Companies.View> companies, @Nullable String next)
      implements Dated {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/v1/companies", this::companies, "q", "block", "at", "limit", "cursor"),
        Route.get("/v1/companies/{id}", this::company, "block", "at"));
  }

  private Answer companies(RequestParams request) {
    Optional<String> text = request.query("q").map(field -> field.text(1, LONGEST_TEXT));
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<BigInteger> after = paging.after().map(key -> key.part(0).companyId());
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      Page<Company> page =
          paging.page(
              Companies.list(handle, text, asOf.block().number(), after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              company -> List.of(String.valueOf(company.id())));
      return Answer.json(
          new CompanyList(asOf, page.items().stream().map(Company::view).toList(), page.next()));
    });
  }

  private Answer company(RequestParams request) {
    BigInteger id = request.path("id").companyId();
    Moment moment = request.moment();
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      long block = asOf.block().number();
      Company company =
          Companies.find(handle, id, block).orElseThrow(() -> Problem.notFound("company " + id));
      return Answer.json(
          new CompanyAnswer(asOf, company.view(), Companies.contracts(handle, id, block)));
    });
  }
}
