package io.fundtrail.transact;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.transact.ContractErrors.Declared;
import io.fundtrail.transact.Refusals.Refusal;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.AbiTypes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.crypto.Hash;

class RefusalsTest {
  private static final Units DOLLARS = new Units("USD", 6);
  private static final Refusals REFUSALS = new Refusals();

  static Collection<Declared> errors() {
    return ContractErrors.load().all();
  }

  @ParameterizedTest
  @MethodSource("errors")
  void hasASentenceWithEveryArgumentForEveryErrorOfTheContracts(Declared error) {
    Set<String> said =
        Refusals.PLACEHOLDER
            .matcher(REFUSALS.template(error.name()))
            .results()
            .map(place -> place.group(1))
            .collect(Collectors.toSet());
    assertThat(said).isEqualTo(error.inputs().keySet());
  }

  @ParameterizedTest
  @MethodSource("errors")
  void saysEveryErrorWithItsSmallestAndLargestArguments(Declared error) throws Exception {
    for (boolean largest : List.of(false, true)) {
      Refusal refusal = REFUSALS.explain(encoded(error, largest), DOLLARS);
      assertThat(refusal.sentence()).endsWith(".").doesNotContain("{").doesNotContain("null");
      assertThat(Objects.requireNonNull(refusal.error()).signature()).isEqualTo(error.signature());
    }
  }

  @Test
  void hasNoSentenceWithoutAnError() throws IOException {
    Properties sentences = new Properties();
    try (var file =
        new InputStreamReader(
            Objects.requireNonNull(Refusals.class.getResourceAsStream("sentences.properties")),
            StandardCharsets.UTF_8)) {
      sentences.load(file);
    }
    assertThat(sentences.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(errors().stream().map(Declared::name).toList());
  }

  @Test
  void saysMomentsInUtcAndMoneyWithItsDecimals() {
    assertThat(sentence("DeadlinePassed(uint256,uint256)", 1499472000L, 1499472001L))
        .isEqualTo(
            "The round took commitments until 2017-07-08 00:00:00Z;"
                + " the next block would be of 2017-07-08 00:00:01Z.");
    assertThat(sentence("HoldsLessThanItOwes(uint256,uint256)", 99_990_000L, 100_000_000L))
        .startsWith("The round holds 99.99 USD but owes 100.00 USD");
    assertThat(sentence("FeeNotAgreed(uint256,uint256)", 600L, 1000L))
        .isEqualTo("The round names a fee of 6.00 %; agreed for this company is 10.00 %.");
    assertThat(sentence("WrongStatus(uint8,uint8)", 4L, 0L))
        .isEqualTo("The round is failed; this needs one that is open.");
  }

  @Test
  void saysTheAddressThatAWordHoldsAndTheFunctionOfASelector() {
    String wallet = "84476a61d0118d2735dcf13a6089396b9a15e1d9";
    String padded = "0".repeat(24) + wallet;
    String checksummed = Address.parse("0x" + wallet).checksummed();
    String identity = "b4".repeat(32);
    String mayNot = selector("MayNotVoteFor(address,bytes32)") + padded;
    assertThat(sentence(mayNot + padded))
        .isEqualTo(checksummed + " may not vote for the elector " + checksummed + ".");
    assertThat(sentence(mayNot + identity))
        .isEqualTo(checksummed + " may not vote for the elector 0x" + identity + ".");
    assertThat(sentence(selector("NoCommitment(bytes32)") + "0".repeat(64)))
        .isEqualTo("There is no live commitment of the identity zero in this round.");
    String pause = selector("NotAuthorized(address,bytes4)") + padded;
    assertThat(sentence(pause + selector("pauseCommits(bool)").substring(2) + "0".repeat(56)))
        .isEqualTo(
            checksummed
                + " does not have the role that the function pauseCommits is reserved for.");
    assertThat(sentence(pause + "deadbeef" + "0".repeat(56))).contains("the function 0xdeadbeef");
    assertThat(sentence("MoreThanPrincipalsGave(uint256,uint256)", 1_500_000L, 1_000_000L))
        .isEqualTo("1.50 USD are more than the 1.00 USD that the principals gave.");
  }

  @Test
  void saysWhatSolidityItselfRefuses() {
    assertThat(sentence("Panic(uint256)", 0x11L)).contains("a number became too large");
    assertThat(REFUSALS.explain(Bytes.EMPTY, DOLLARS).sentence())
        .isEqualTo("The contract refused and did not say why.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x12",
        "0xdeadbeef",
        "0x08c379a0",
        "0xd34fb29c00",
        "0x08c379a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0x08c379a00000000000000000000000000000000000000000000000000000000000000020"
            + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void doesNotPretendToKnowAnErrorThatIsNoneOfOurs(String data) {
    Refusal refusal = REFUSALS.explain(Bytes.parse(data), DOLLARS);
    assertThat(refusal.error()).isNull();
    assertThat(refusal.sentence()).contains("does not know");
  }

  private static String sentence(String signature, Long... arguments) {
    StringBuilder data = new StringBuilder(selector(signature));
    for (Long argument : arguments) {
      data.append("%064x".formatted(argument));
    }
    return sentence(data.toString());
  }

  private static String sentence(String data) {
    return REFUSALS.explain(Bytes.parse(data), DOLLARS).sentence();
  }

  private static String selector(String signature) {
    return Hash.sha3String(signature).substring(0, 10);
  }

  @SuppressWarnings("rawtypes")
  private static Bytes encoded(Declared error, boolean largest) throws Exception {
    List<Type> values = new ArrayList<>();
    for (Map.Entry<String, String> input : error.inputs().entrySet()) {
      values.add(value(input.getValue(), largest));
    }
    return Bytes.parse(FunctionEncoder.encode(new Function(error.name(), values, List.of())));
  }

  private static Type<?> value(String type, boolean largest) throws Exception {
    Class<?> made = AbiTypes.getType(type);
    if (type.equals("address")) {
      return (Type<?>) made.getConstructor(String.class).newInstance("0x" + "ff".repeat(20));
    }
    if (type.equals("string")) {
      return (Type<?>) made.getConstructor(String.class).newInstance(largest ? "$1 \\ x" : "");
    }
    if (type.startsWith("bytes")) {
      byte[] bytes = new byte[Integer.parseInt(type.substring("bytes".length()))];
      return (Type<?>) made.getConstructor(byte[].class).newInstance((Object) bytes);
    }
    int bits = Integer.parseInt(type.substring("uint".length()));
    BigInteger most = BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
    return (Type<?>)
        made.getConstructor(BigInteger.class).newInstance(largest ? most : BigInteger.ZERO);
  }
}
