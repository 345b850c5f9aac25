package io.fundtrail.cli;

import io.fundtrail.app.demo.DemoReport;
import io.fundtrail.app.demo.Filing;
import io.fundtrail.app.demo.Offering;
import io.fundtrail.app.demo.RefusedAttempt;
import io.fundtrail.app.demo.RoundOutcome;
import io.fundtrail.app.demo.SampleOrchardsOutcome;
import io.fundtrail.model.ShareCount;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells a person what the demonstration did, and what to do next. */
final class DemoSummary {
  private final PrintWriter out;
  private final DemoReport report;
  private final String program;

  /**
   * A summary to print.
   *
   * @param program how this program is called for the service that runs, its options included
   */
  DemoSummary(PrintWriter out, DemoReport report, String program) {
    this.out = out;
    this.report = report;
    this.program = program;
  }

  void print() {
    printCounts();
    printSetAside();
    printNotes();
    report.windowMirror().ifPresent(this::printWindowMirror);
    printSampleOrchards(report.sampleOrchards());
    printWhatIsSynthetic();
    printNext();
  }

  private void printCounts() {
    List<RoundOutcome> rounds = report.rounds();
    List<RoundOutcome> failed = rounds.stream().filter(RoundOutcome::failed).toList();
    List<RoundOutcome> asFiled = rounds.stream().filter(RoundOutcome::isAsFiled).toList();
    out.println();
    row("offerings", report.offerings().size() + report.table().setAside().size(), reports());
    row("  opened", rounds.size(), "");
    row("    sold as filed", asFiled.size() - failed.size(), money(asFiled));
    row(
        "    sold otherwise",
        rounds.size() - asFiled.size(),
        names(rounds.stream().filter(round -> !round.isAsFiled()).toList()));
    row("    failed", failed.size(), "below their targets; " + refunds(failed));
    row(
        "  refused by the rules",
        report.notOpened().size(),
        names(report.notOpened(), Offering::issuer));
    row("  set aside", report.table().setAside().size(), "not opened, see below");
    out.println();
    out.println("Refused by the contracts, as they should:");
    for (RefusedAttempt attempt : report.refused()) {
      out.printf("  %s  %s%n", attempt.time(), attempt.what());
      out.printf("    %s: %s%n", attempt.error(), attempt.reason());
    }
  }

  private String reports() {
    return "%d progress reports; the last of each offering counts"
        .formatted(report.table().reports());
  }

  private void printSetAside() {
    out.println();
    out.println("Set aside:");
    for (Filing.SetAside filing : report.table().setAside()) {
      out.printf("  %s  %-40s %s%n", filing.fileNumber(), filing.issuer(), filing.reason());
    }
  }

  private void printNotes() {
    out.println();
    out.println("Differences between filing and round:");
    for (RoundOutcome round : report.rounds()) {
      Offering offering = round.offering();
      for (String note : offering.notes()) {
        out.printf("  %s  %s: %s%n", offering.fileNumber(), offering.issuer(), note);
      }
      if (!offering.excess().isZero()) {
        out.printf(
            "  %s  %s: reported %,d shares sold, over the filed maximum of %,d; the round refused"
                + " the excess of %,d%n",
            offering.fileNumber(),
            offering.issuer(),
            offering.sold().shares(),
            offering.maximum().shares(),
            offering.excess().shares());
      }
    }
  }

  private void printWindowMirror(RoundOutcome round) {
    out.println();
    out.println("WindowMirror Inc (SEC 020-23358), played in full:");
    figure("%,d".formatted(round.sold().shares()), "shares sold");
    figure(dollars(round.proceeds()), "to the issuer");
    figure(dollars(round.fee()), "fee, 6 percent");
    figure(dollars(round.returned()), "back to the fourth investor, who cancelled in time");
    figure(Long.toString(round.holders()), "holders");
  }

  private void printSampleOrchards(SampleOrchardsOutcome outcome) {
    SampleOrchardsOutcome.Trust trust = outcome.trust();
    SampleOrchardsOutcome.Dividend dividend = outcome.dividend();
    SampleOrchardsOutcome.Vote vote = outcome.vote();
    SampleOrchardsOutcome.Recovery recovery = outcome.recovery();
    out.println();
    out.println(outcome.company() + ", every instrument in one company:");
    out.println("  two share classes");
    shares(outcome.founders().issued(), "founders' shares, issued by the company itself");
    shares(
        outcome.investors().issued(),
        "investors' shares, sold by its round; %d holders"
            .formatted(outcome.investors().holders()));
    out.printf(
        "  trust with %d milestones and %d trustees, opened together with class and round%n",
        trust.milestones(), trust.trustees());
    exact(trust.received(), "from the round");
    exact(
        trust.released(),
        "to the company: milestone 1, approved by %d trustees".formatted(trust.approvals()));
    exact(trust.fee(), "fee, 6 percent of what was released");
    exact(
        trust.returned(),
        "back to the investors: milestone 2, rejected by %d, who ended the trust"
            .formatted(trust.rejections()));
    out.printf("  dividend by what was held on %s%n", day(dividend.recordDate()));
    exact(dividend.paid(), "to %d holders".formatted(dividend.claims()));
    exact(dividend.remainder(), "that no share divides, kept for the next dividend");
    out.printf(
        "  lost key: announced %s, confirmed by a second party, %s %s%n",
        day(recovery.announced()), recovery.status(), day(recovery.executed()));
    shares(recovery.shares(), "shares, moved to the new key");
    out.printf("  vote of the investors' class: %s%n", vote.outcome());
    shares(ShareCount.of(vote.inFavour()), "in favour, the new key among them");
    shares(ShareCount.of(vote.against()), "against");
    shares(ShareCount.of(vote.abstained()), "abstained");
  }

  private void printWhatIsSynthetic() {
    out.println();
    out.println("Real: the offerings, their terms, dates and totals. The rules are those in force");
    out.println("since 2022, applied to earlier filings. Synthetic: the investors, how each total");
    out.println("splits over them, what was committed to rounds that failed, a fee of 6 percent");
    out.println("where the table has none, and the money; and Sample Orchards altogether, which");
    out.println("sells as much as Vernafund CF LLC (SEC 020-28442) had before it was cancelled.");
  }

  private void printNext() {
    String shareClass =
        report
            .windowMirror()
            .or(() -> report.rounds().stream().findFirst())
            .orElseThrow()
            .shareClass()
            .toString();
    out.println();
    out.printf(
        "%,d transactions in %,d blocks%s, played, indexed and read back in %s.%n",
        report.transactions(),
        report.blocks(),
        report.mined() < report.transactions()
            ? ", %,d of them in this run".formatted(report.mined())
            : "",
        seconds(report.took()));
    out.println();
    out.println("Open " + report.service());
    out.println("Try");
    out.printf("  curl '%s/v1/rounds?q=windowmirror'%n", report.service());
    out.printf(
        "  curl '%s/v1/share-classes/%s/holders?at=2018-01-01T00:00:00Z'%n",
        report.service(), shareClass);
    SampleOrchardsOutcome outcome = report.sampleOrchards();
    out.printf("  curl '%s/v1/trusts/%s'%n", report.service(), outcome.trust().address());
    out.printf(
        "  curl '%s/v1/distributions/%s/1/claims'%n",
        report.service(), outcome.dividend().contract());
    out.printf("  curl '%s/v1/votes/%s'%n", report.service(), outcome.vote().address());
    out.printf("  %s%n", program);
    out.println();
    out.println("Serving until Ctrl-C.");
  }

  private void row(String what, int count, String detail) {
    out.println("%-24s %3d   %s".formatted(what, count, count == 0 ? "" : detail).stripTrailing());
  }

  private void figure(String value, String what) {
    out.printf("  %12s %s%n", value, what);
  }

  /** Dollars to the last millionth, the points one below the other. */
  private void exact(BigDecimal amount, String what) {
    String cents = dollars(amount.setScale(2, RoundingMode.DOWN));
    String text = amount.setScale(Math.max(2, amount.stripTrailingZeros().scale())).toPlainString();
    aligned(cents, text.substring(text.indexOf('.') + 3), what);
  }

  private void shares(ShareCount count, String what) {
    aligned("%,d   ".formatted(count.shares()), "", what);
  }

  private void aligned(String number, String rest, String what) {
    out.printf("  %14s%-4s %s%n", number, rest, what);
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private static String names(List<RoundOutcome> rounds) {
    return names(rounds, round -> round.offering().issuer());
  }

  private static <T> String names(List<T> things, Function<T, String> name) {
    return things.stream().map(name).collect(Collectors.joining("; "));
  }

  private static String money(List<RoundOutcome> rounds) {
    BigDecimal proceeds = sum(rounds, RoundOutcome::proceeds);
    BigDecimal fee = sum(rounds, RoundOutcome::fee);
    return "%s dollars to issuers, %s fees".formatted(dollars(proceeds), dollars(fee));
  }

  private static String refunds(List<RoundOutcome> failed) {
    int refunds = failed.stream().mapToInt(RoundOutcome::refunds).sum();
    return "%d commitments, %s dollars, all refunded"
        .formatted(refunds, dollars(sum(failed, RoundOutcome::refunded)));
  }

  private static BigDecimal sum(
      List<RoundOutcome> rounds, Function<RoundOutcome, BigDecimal> amount) {
    return rounds.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String dollars(BigDecimal amount) {
    return String.format(Locale.ROOT, "%,.2f", amount);
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
  }
}
