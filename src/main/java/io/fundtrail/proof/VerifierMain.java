package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The verifier as a program of its own, in a jar that anyone can keep beside their bundles. */
public final class VerifierMain {
  static final int ACCEPTED = 0;
  static final int REJECTED = 1;
  static final int UNUSABLE = 2;

  private static final String JSON = "--json";
  private static final String CHAIN_ID = "--chain-id";
  private static final String BLOCK_HASH = "--block-hash";
  private static final String VALIDATOR = "--validator";
  private static final String USAGE =
      """
      usage: java -jar fundtrail-verifier.jar FILE --chain-id ID [--json]
                 (--block-hash HASH ... | --validator ADDRESS ...)
      FILE is a proof bundle; - reads standard input. Nothing is sent anywhere.
      --block-hash   of a block that you know
      --validator    a QBFT validator that you know; name the whole set
      ends with 0: accepted, 1: rejected, 2: unusable\
      """;

  private VerifierMain() {}

  static void main(String[] args) {
    System.exit(run(args, System.in, System.out, System.err));
  }

  static int run(String[] args, InputStream input, PrintStream out, PrintStream err) {
    try {
      Map<String, List<String>> given = new HashMap<>();
      String file = read(args, given);
      ProofBundle bundle = bundle(file, input);
      Verdict verdict = Verifier.verify(bundle, anchor(given), PublishedCodes.packed());
      if (given.containsKey(JSON)) {
        out.println(new String(BundleJson.write(verdict), StandardCharsets.UTF_8));
      } else {
        VerdictText.lines(verdict).forEach(out::println);
      }
      return verdict instanceof Verdict.Accepted ? ACCEPTED : REJECTED;
    } catch (UnreadableBundle | IOException | IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println(USAGE);
      return UNUSABLE;
    }
  }

  /** Options into {@code given}; gives the file. */
  private static String read(String[] args, Map<String, List<String>> given) {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (arg.equals(JSON)) {
        given.put(JSON, List.of());
      } else if (List.of(CHAIN_ID, BLOCK_HASH, VALIDATOR).contains(arg)) {
        if (++i == args.length) {
          throw new IllegalArgumentException(arg + " needs a value");
        }
        given.computeIfAbsent(arg, _ -> new ArrayList<>()).add(args[i]);
      } else if (arg.startsWith("--")) {
        throw new IllegalArgumentException("there is no " + arg);
      } else {
        files.add(arg);
      }
    }
    if (files.size() != 1) {
      throw new IllegalArgumentException("name one bundle");
    }
    return files.getFirst();
  }

  private static ProofBundle bundle(String file, InputStream input)
      throws IOException, UnreadableBundle {
    if (file.equals("-")) {
      return BundleJson.read(input);
    }
    try (InputStream opened = Files.newInputStream(Path.of(file))) {
      return BundleJson.read(opened);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static TrustAnchor anchor(Map<String, List<String>> given) {
    List<String> chains = given.getOrDefault(CHAIN_ID, List.of());
    List<String> hashes = given.getOrDefault(BLOCK_HASH, List.of());
    List<String> validators = given.getOrDefault(VALIDATOR, List.of());
    if (chains.size() != 1 || hashes.isEmpty() == validators.isEmpty()) {
      throw new IllegalArgumentException(
          "say which chain you mean, and why the block is to be believed");
    }
    BigInteger chain = new BigInteger(chains.getFirst());
    return hashes.isEmpty()
        ? new TrustAnchor.Validators(
            chain, new HashSet<>(validators.stream().map(Address::parse).toList()))
        : new TrustAnchor.BlockHashes(
            chain, new HashSet<>(hashes.stream().map(Hash::parse).toList()));
  }
}
