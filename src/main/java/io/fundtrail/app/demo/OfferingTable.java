package io.fundtrail.app.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.fundtrail.app.demo.Filing.SetAside;
import io.fundtrail.model.ShareCount;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Regulation Crowdfunding offerings with a reported outcome, from the SEC's public data: see
 * the README beside the table. Of several reports of one offering the last one counts.
 *
 * @param reports rows of the table
 * @param filings one per file number, in order of filing
 */
public record OfferingTable(int reports, List<Filing> filings) {
  private static final String RESOURCE = "/io/fundtrail/regcf/regcf_outcomes_reconciled.csv";
  private static final Set<String> SHARES = Set.of("Common Stock", "Preferred Stock");
  private static final Pattern INVESTORS = Pattern.compile("\\b([0-9]{1,6}) investors\\b");

  public OfferingTable {
    filings = List.copyOf(filings);
  }

  /** One progress report with its offering, as the table has it. */
  record Row(
      @JsonProperty("file_number") String fileNumber,
      @JsonProperty("issuer") String issuer,
      @JsonProperty("portal") String portal,
      @JsonProperty("progress_filed") String progressFiled,
      @JsonProperty("accession") String accession,
      @JsonProperty("security") String security,
      @JsonProperty("price") String price,
      @JsonProperty("target") String target,
      @JsonProperty("max") String maximum,
      @JsonProperty("first_filed") String firstFiled,
      @JsonProperty("deadline") String deadline,
      @JsonProperty("shares_sold") String sharesSold,
      @JsonProperty("amount") String amount,
      @JsonProperty("over_max") String overMaximum,
      @JsonProperty("met_target") String metTarget,
      @JsonProperty("progress_text") String progressText) {}

  /** The table that comes with the program. */
  public static OfferingTable bundled() {
    InputStream table = OfferingTable.class.getResourceAsStream(RESOURCE);
    if (table == null) {
      throw new IllegalStateException("the program was built without " + RESOURCE);
    }
    try (Reader reader = new InputStreamReader(table, StandardCharsets.UTF_8)) {
      return read(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static OfferingTable read(Reader reader) throws IOException {
    CsvMapper mapper = new CsvMapper();
    CsvSchema header = CsvSchema.emptySchema().withHeader();
    List<Row> rows;
    try (MappingIterator<Row> rowsInFile =
        mapper.readerFor(Row.class).with(header).readValues(reader)) {
      rows = rowsInFile.readAll();
    }
    Comparator<Row> byReport =
        Comparator.comparing(Row::progressFiled).thenComparing(Row::accession);
    Map<String, Row> last = new LinkedHashMap<>();
    rows.stream().sorted(byReport).forEach(row -> last.put(row.fileNumber(), row));
    List<Filing> filings =
        last.values().stream()
            .sorted(Comparator.comparing(Row::firstFiled).thenComparing(Row::fileNumber))
            .map(OfferingTable::filing)
            .toList();
    return new OfferingTable(rows.size(), filings);
  }

  /** Those that can be opened. */
  public List<Offering> offerings() {
    return filings.stream().filter(Offering.class::isInstance).map(Offering.class::cast).toList();
  }

  /** Those that cannot, and why. */
  public List<SetAside> setAside() {
    return filings.stream().filter(SetAside.class::isInstance).map(SetAside.class::cast).toList();
  }

  private static Filing filing(Row row) {
    if (!SHARES.contains(row.security())) {
      return setAside(row, "not shares: filed as \"" + row.security() + "\"");
    }
    LocalDate filed;
    LocalDate lastDay;
    try {
      filed = LocalDate.parse(row.firstFiled(), DateTimeFormatter.BASIC_ISO_DATE);
      lastDay = LocalDate.parse(row.deadline());
    } catch (DateTimeException e) {
      return setAside(row, "impossible date: " + e.getMessage());
    }
    if (lastDay.isBefore(filed)) {
      return setAside(row, "impossible dates: filed %s, deadline %s".formatted(filed, lastDay));
    }
    try {
      return offering(row, filed, lastDay);
    } catch (IllegalArgumentException e) {
      return setAside(row, String.valueOf(e.getMessage()));
    }
  }

  private static Offering offering(Row row, LocalDate filed, LocalDate lastDay) {
    List<String> notes = new ArrayList<>();
    FiledMoney price = FiledMoney.price(row.price());
    FiledMoney target = FiledMoney.amount("target", row.target());
    FiledMoney maximum = FiledMoney.amount("maximum", row.maximum());
    List.of(price, target, maximum).forEach(money -> money.note().ifPresent(notes::add));
    ShareCount minimumShares = Offering.sharesReaching(target.amount(), price.amount());
    ShareCount maximumShares = Offering.wholeShares(maximum.amount(), price.amount());
    if (minimumShares.compareTo(maximumShares) > 0) {
      throw new IllegalArgumentException(
          "target %s is more than maximum %s".formatted(target, maximum));
    }
    noteWholeShares(notes, target, price, minimumShares, "the fewest that reach it");
    noteWholeShares(notes, maximum, price, maximumShares, "the most within it");
    ShareCount sold = ShareCount.parse(row.sharesSold());
    FiledMoney amount = FiledMoney.amount("amount sold", row.amount());
    if (!sold.times(price.amount()).equals(amount.amount())) {
      throw new IllegalArgumentException(
          "%s shares at %s are not the reported %s".formatted(sold, price, amount));
    }
    noteDates(notes, row, filed, lastDay);
    return new Offering(
        row.fileNumber(),
        row.issuer(),
        row.security(),
        price.amount(),
        minimumShares,
        maximumShares,
        filed,
        lastDay,
        sold,
        investors(row.progressText()),
        notes);
  }

  private static void noteWholeShares(
      List<String> notes, FiledMoney filed, FiledMoney price, ShareCount shares, String which) {
    if (!shares.times(price.amount()).equals(filed.amount())) {
      notes.add(
          "%s %s is not a whole number of shares at %s: %s shares, %s"
              .formatted(filed.name(), filed, price, shares, which));
    }
  }

  private static void noteDates(List<String> notes, Row row, LocalDate filed, LocalDate lastDay) {
    LocalDate reported = LocalDate.parse(row.progressFiled(), DateTimeFormatter.BASIC_ISO_DATE);
    if (!reported.isAfter(lastDay) && lastDay.isAfter(filed)) {
      notes.add(
          "reported closed on %s, before its deadline %s; here it closes at the deadline"
              .formatted(reported, lastDay));
    }
  }

  private static OptionalInt investors(String report) {
    Matcher matcher = INVESTORS.matcher(report);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  private static SetAside setAside(Row row, String reason) {
    return new SetAside(row.fileNumber(), row.issuer(), reason);
  }
}
