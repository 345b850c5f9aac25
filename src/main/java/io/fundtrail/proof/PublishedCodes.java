package io.fundtrail.proof;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The published list of contracts: whoever trusts it knows what a code does, and where it keeps
 * what. It is written when the contracts are built.
 */
public final class PublishedCodes {
  private static final String FILE = "/io/fundtrail/proof/codes.json";
  private static final String FORMAT = "fundtrail-codes/1";

  private final Map<Hash, ContractCode> byTemplate;

  private PublishedCodes(Map<Hash, ContractCode> byTemplate) {
    this.byTemplate = Map.copyOf(byTemplate);
  }

  private record Listing(String format, List<ContractCode> contracts) {}

  public static PublishedCodes of(List<ContractCode> codes) {
    Map<Hash, ContractCode> byTemplate = new HashMap<>();
    codes.forEach(code -> byTemplate.put(code.template(), code));
    return new PublishedCodes(byTemplate);
  }

  /** Read when it is first asked for. */
  private static final class Packed {
    private static final PublishedCodes CODES = load();
  }

  /** The list that this library was built with. */
  public static PublishedCodes packed() {
    return Packed.CODES;
  }

  private static PublishedCodes load() {
    try (InputStream file = PublishedCodes.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("the resource " + FILE + " is missing in the jar");
      }
      return read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + FILE + " cannot be read", e);
    }
  }

  /**
   * A list in JSON, such as that of an earlier release.
   *
   * @throws IOException if it cannot be read
   */
  public static PublishedCodes read(InputStream json) throws IOException {
    Listing listing =
        JsonMapper.builder().addModule(BundleJson.values()).build().readValue(json, Listing.class);
    if (!listing.format().equals(FORMAT)) {
      throw new IllegalStateException("the list of codes is of the format " + listing.format());
    }
    return of(listing.contracts());
  }

  public Optional<ContractCode> of(Hash template) {
    return Optional.ofNullable(byTemplate.get(template));
  }

  /** A hash of which codes are listed, whatever their order. */
  public Hash hash() {
    ByteArrayOutputStream templates = new ByteArrayOutputStream();
    byTemplate.keySet().stream().sorted().forEach(hash -> templates.writeBytes(hash.bytes()));
    return Keccak.hash(templates.toByteArray());
  }

  /** A contract of the list by its name. */
  ContractCode named(String contract) {
    return byTemplate.values().stream()
        .filter(listed -> listed.contract().equals(contract))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the list has no " + contract));
  }

  /** The listed contract that some deployed code is; empty where it is none. */
  public Optional<ContractCode> deployedAs(Bytes code) {
    return byTemplate.values().stream()
        .filter(listed -> listed.immutablesIn(code).isPresent())
        .findFirst();
  }
}
