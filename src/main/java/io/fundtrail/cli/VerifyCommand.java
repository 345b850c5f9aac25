package io.fundtrail.cli;

import io.fundtrail.app.ConfigurationException;
import io.fundtrail.app.SecondProvider;
import io.fundtrail.app.StartRefused;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.BundleJson;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.PublishedCodes;
import io.fundtrail.proof.TrustAnchor;
import io.fundtrail.proof.UnreadableBundle;
import io.fundtrail.proof.Verdict;
import io.fundtrail.proof.VerdictText;
import io.fundtrail.proof.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Checks a proof bundle, offline unless a second provider is to be asked.",
      "A bundle proves its claim under a block header. Why that block is believed to be the",
      "chain's is for you to say: by hashes that you know, by validators that you know, or by",
      "another provider."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:accepted",
      "1:rejected; the reason is said",
      "2:unusable: no bundle, no such file, a wrong option, or no answer of the provider"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "the bundle; - reads standard input")
  private String file = STANDARD_INPUT;

  @Option(names = "--chain-id", paramLabel = "<id>", description = "the chain that you mean")
  private @Nullable BigInteger chainId;

  @Option(
      names = "--block-hash",
      paramLabel = "<hash>",
      description = "of a block that you know; as often as there are")
  private List<String> blockHashes = new ArrayList<>();

  @Option(
      names = "--validator",
      paramLabel = "<address>",
      description = "a QBFT validator that you know; name the whole set")
  private List<String> validators = new ArrayList<>();

  @Option(
      names = "--provider",
      paramLabel = "<url>",
      description = "JSON-RPC of another provider, to be asked for the block")
  private @Nullable String provider;

  @Option(names = "--json", description = "the verdict as JSON")
  private boolean json;

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      ProofBundle bundle = read();
      Verdict verdict = Verifier.verify(bundle, anchor(bundle), PublishedCodes.packed());
      if (json) {
        terminal.out().println(new String(BundleJson.write(verdict), StandardCharsets.UTF_8));
      } else {
        VerdictText.lines(verdict).forEach(terminal.out()::println);
      }
      return switch (verdict) {
        case Verdict.Accepted _ -> ExitCode.OK;
        case Verdict.Rejected _ -> ExitCode.FAILED;
      };
    } catch (StartRefused e) {
      terminal.err().println("fundtrail: " + e.getMessage());
      return ExitCode.WRONG_USE;
    }
  }

  private ProofBundle read() {
    try (InputStream input =
        file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file))) {
      return BundleJson.read(input);
    } catch (UnreadableBundle e) {
      throw new ConfigurationException(file + " is no proof bundle: " + e.getMessage());
    } catch (IOException e) {
      throw new ConfigurationException(file + " cannot be read: " + e.getMessage());
    }
  }

  private TrustAnchor anchor(ProofBundle bundle) {
    int ways =
        (blockHashes.isEmpty() ? 0 : 1)
            + (validators.isEmpty() ? 0 : 1)
            + (provider == null ? 0 : 1);
    if (ways != 1) {
      throw new ConfigurationException(
          "say why the block is to be believed: by --block-hash, by --validator or by --provider");
    }
    if (provider != null) {
      return SecondProvider.ask(provider, bundle);
    }
    if (chainId == null) {
      throw new ConfigurationException("say which chain you mean: --chain-id");
    }
    return blockHashes.isEmpty()
        ? new TrustAnchor.Validators(
            chainId, new HashSet<>(parsed("--validator", validators, Address::parse)))
        : new TrustAnchor.BlockHashes(
            chainId, new HashSet<>(parsed("--block-hash", blockHashes, Hash::parse)));
  }

  private static <T> List<T> parsed(String option, List<String> texts, Function<String, T> parse) {
    try {
      return texts.stream().map(parse).toList();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(option + ": " + e.getMessage());
    }
  }
}
