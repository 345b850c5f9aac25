package io.fundtrail.app.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fundtrail.app.demo.Filing.SetAside;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OfferingTableTest {
  private static final String HEADER =
      "file_number,issuer,portal,progress_filed,accession,security,price,target,max,first_filed,"
          + "deadline,shares_sold,amount,over_max,met_target,progress_text\n";

  private final OfferingTable table = OfferingTable.bundled();

  @Test
  void readsEveryReportAndEveryOfferingOfTheTable() {
    assertThat(table.reports()).isEqualTo(75);
    assertThat(table.filings()).hasSize(67);
    assertThat(table.offerings()).hasSize(50);
  }

  @Test
  void setsAsideWhatIsNotShares() {
    assertThat(table.setAside().stream().collect(groupingBy(SetAside::reason, counting())))
        .containsOnly(
            entry("not shares: filed as \"Debt\"", 3L),
            entry("not shares: filed as \"Other\"", 14L));
  }

  @Test
  void takesTheLastReportOfAnOffering() {
    Offering windowMirror = offering("020-23358");

    assertThat(windowMirror.sold()).isEqualTo(ShareCount.of(7231));
    assertThat(windowMirror.minimum()).isEqualTo(ShareCount.of(5000));
    assertThat(windowMirror.maximum()).isEqualTo(ShareCount.of(50_000));
    assertThat(windowMirror.notes()).isEmpty();
  }

  @Test
  void readsADeadlineAsTheEndOfThatDay() {
    assertThat(offering("020-23358").opensAt()).isEqualTo(Instant.parse("2017-05-09T00:00:00Z"));
    assertThat(offering("020-23358").deadline()).isEqualTo(Instant.parse("2017-07-08T00:00:00Z"));
  }

  @Test
  void roundsAFloatingPointArtefactToTheCentAndNotesIt() {
    Offering zoi = offering("020-23255");

    assertThat(zoi.maximum()).isEqualTo(ShareCount.of(476_190));
    assertThat(zoi.notes())
        .containsExactly("maximum 99999.90000000001 in the source is read as 99999.90");
  }

  @Test
  void roundsATargetUpAndAMaximumDownToWholeSharesAndNotesIt() {
    assertThat(offering("020-23775").minimum()).isEqualTo(ShareCount.of(48));
    assertThat(offering("020-23775").notes())
        .containsExactly(
            "target 10000.00 is not a whole number of shares at 211.00: 48 shares, the fewest that"
                + " reach it");
    assertThat(offering("020-23395").maximum()).isEqualTo(ShareCount.of(142_857));
  }

  @Test
  void keepsAPriceThatIsFinerThanADimeExactly() {
    assertThat(offering("020-23778").price()).isEqualTo(TokenAmount.of(2_500_000));
    assertThat(offering("020-28711").price()).isEqualTo(TokenAmount.of(1_770_000));
  }

  @Test
  void tellsWhatIsOverTheMaximum() {
    Offering xCraft = offering("020-23304");

    assertThat(xCraft.sellable()).isEqualTo(ShareCount.of(588_235));
    assertThat(xCraft.excess()).isEqualTo(ShareCount.of(41_176));
  }

  @Test
  void notesAReportThatCameBeforeTheDeadline() {
    assertThat(offering("020-25905").notes())
        .containsExactly(
            "reported closed on 2020-04-29, before its deadline 2020-12-05; here it closes at the"
                + " deadline");
  }

  @Test
  void takesTheNumberOfInvestorsFromTheReportThatSaysIt() {
    assertThat(offering("020-23672").investors()).hasValue(34);
    assertThat(offering("020-24181").investors()).hasValue(128);
    assertThat(offering("020-23358").investors()).isEmpty();
  }

  @Test
  void setsAsideImpossibleDates() throws IOException {
    assertThat(reasonFor("1.0,100,1000,20170228,2017-02-30,200,200,N,Y,"))
        .startsWith("impossible date: ");
    assertThat(reasonFor("1.0,100,1000,20170301,2017-02-28,200,200,N,Y,"))
        .isEqualTo("impossible dates: filed 2017-03-01, deadline 2017-02-28");
  }

  @Test
  void setsAsideMoneyThatDoesNotAddUp() throws IOException {
    assertThat(reasonFor("1.0,100,1000,20170301,2017-05-28,200,199.99,N,Y,"))
        .isEqualTo("200 shares at 1.00 are not the reported 199.99");
    assertThat(reasonFor("1.0,402500,173000,20170301,2017-05-28,200,200,N,Y,"))
        .isEqualTo("target 402500.00 is more than maximum 173000.00");
    assertThat(reasonFor("1.0,100.005,1000,20170301,2017-05-28,200,200,N,Y,"))
        .isEqualTo("target 100.005 is not a sum in whole cents");
    assertThat(reasonFor("1e3,100,1000,20170301,2017-05-28,200,200,N,Y,"))
        .isEqualTo("price \"1e3\" is not a sum of dollars");
  }

  private static String reasonFor(String fromPriceOn) throws IOException {
    String row = "020-1,\"A, Inc.\",P,20170901,1,Common Stock," + fromPriceOn + "\n";
    return OfferingTable.read(new StringReader(HEADER + row)).setAside().getFirst().reason();
  }

  private Offering offering(String fileNumber) {
    return table.offerings().stream()
        .filter(offering -> offering.fileNumber().equals(fileNumber))
        .findFirst()
        .orElseThrow();
  }
}
