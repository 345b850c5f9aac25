package io.fundtrail.audit;

import io.fundtrail.api.Html;
import io.fundtrail.proof.BlockHeader;
import io.fundtrail.proof.BundleJson;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.VerdictText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What an investor keeps: a proof bundle, the page that checks it, and a page that says what it
 * proves and how to check it when the service is gone. The same bundle gives the same bytes.
 */
final class Receipt {
  /** The first that a ZIP can say: a receipt is as old as its block, which its page says. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final String TEMPLATE =
      new String(PackedFile.read("receipt.html"), StandardCharsets.UTF_8);

  private Receipt() {}

  /**
   * A ZIP file.
   *
   * @param named what the service calls the thing that the bundle is about; it is not proven
   */
  static byte[] of(ProofBundle bundle, String named) {
    byte[] json = BundleJson.write(bundle);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("receipt.html", page(bundle, json, named).getBytes(StandardCharsets.UTF_8));
    files.put("bundle.json", json);
    files.put(VerifyPage.NAME, PackedFile.read(VerifyPage.NAME));
    files.put(VerifyPage.HASH_NAME, PackedFile.read(VerifyPage.HASH_NAME));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        ZipEntry entry = new ZipEntry("receipt/" + file.getKey());
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a ZIP in memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static String page(ProofBundle bundle, byte[] json, String named) {
    BlockHeader header = BlockHeader.decode(bundle.header());
    String hash = new String(PackedFile.read(VerifyPage.HASH_NAME), StandardCharsets.US_ASCII);
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("chain", bundle.chainId().toString());
    parts.put("block", Long.toString(header.number()));
    parts.put("blockHex", Long.toHexString(header.number()));
    parts.put("time", Instant.ofEpochSecond(header.timestamp()).toString());
    parts.put("contract", bundle.contract().toString());
    parts.put("claim", String.join("\n", VerdictText.lines(bundle.claim())));
    parts.put("pageHash", hash.substring(0, hash.indexOf(' ')));
    parts.put("link", Base64.getUrlEncoder().withoutPadding().encodeToString(json));
    parts.put("exit", exit(bundle));
    // The only text that others write comes last, so that no mark in it is filled in.
    parts.put("named", named);
    String page = TEMPLATE;
    for (var part : parts.entrySet()) {
      page = page.replace("{" + part.getKey() + "}", Html.escape(part.getValue()));
    }
    return page;
  }

  /** What the person can do without anyone's service. */
  private static String exit(ProofBundle bundle) {
    return switch (bundle.claim()) {
      case Claim.Commitment commitment ->
          ("Money that is yours comes back without any service: when the round has failed or was"
                  + " cancelled, or when it settled with fewer shares for you than you asked for,"
                  + " anyone can call refund(%s) or claimCredit(%s) on the contract %s, and it pays"
                  + " the wallet that committed.")
              .formatted(commitment.identity(), commitment.identity(), bundle.contract());
      case Claim.Holding _ ->
          "The shares are in the contract %s, whatever becomes of this service: the wallet transfers"
                  .formatted(bundle.contract())
              + " them by calling transfer on it, within the rules of the class.";
      default -> throw new IllegalArgumentException("no receipt is given for " + bundle.claim());
    };
  }
}
