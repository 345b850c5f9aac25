package io.fundtrail.api;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One value that a request gives: a part of the path, a query parameter, a field of the body. This
 * is where its text becomes a type, once. A text that does not is a problem that says what would.
 */
public final class Field {
  /** What {@link #moment} reads. */
  public static final String MOMENT =
      "a block's number, or a time in UTC such as 2017-07-08T00:00:00Z";

  private static final Pattern TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
  private static final Pattern SHORT_INTEGER = Pattern.compile("0|[1-9][0-9]{0,15}");
  private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,77}");
  private static final Pattern COMPANY_ID = Pattern.compile("[1-9][0-9]{0,17}");

  private static final int IDENTITY_LENGTH = 66;

  private final String in;
  private final String name;
  private final String given;
  private final Form form;

  /** How the value stands in the request: in JSON, text and numbers differ. */
  enum Form {
    URL,
    JSON_TEXT,
    JSON_OTHER
  }

  Field(String in, String name, String given, Form form) {
    this.in = in;
    this.name = name;
    this.given = given;
    this.form = form;
  }

  public Address address() {
    return parsed("an address: 0x and 40 hex digits", Address::parse);
  }

  public Hash hash() {
    return parsed("32 bytes: 0x and 64 hex digits", Hash::parse);
  }

  public Bytes bytes() {
    return parsed("bytes: 0x and an even number of hex digits", Bytes::parse);
  }

  /** A number of shares above zero. */
  public ShareCount shares() {
    String expected = "a whole number of shares from 1 to 9223372036854775807, as a string";
    ShareCount shares = parsed(expected, ShareCount::parse);
    if (shares.isZero() || shares.shares().bitLength() > 63) {
      throw wrong(expected);
    }
    return shares;
  }

  /** An amount of a token with so many decimals. */
  public TokenAmount money(int decimals) {
    return parsed(
        "an amount such as \"13594.28\" with at most " + decimals + " decimals",
        text -> TokenAmount.parseDecimal(text, decimals));
  }

  /** A person: an identity of 32 bytes, or a wallet. */
  public PersonKey person() {
    String expected = "an identity (0x and 64 hex digits) or a wallet (0x and 40 hex digits)";
    return parsed(
        expected,
        text ->
            text.length() == IDENTITY_LENGTH
                ? new PersonKey.Identity(Hash.parse(text))
                : new PersonKey.Wallet(Address.parse(text)));
  }

  /** Printable ASCII that fits into a word of so many bytes, as the word. */
  public byte[] word(int size) {
    return parsed(
        "1 to " + size + " printable ASCII characters", text -> ShortText.word(text, size));
  }

  /** A moment in UTC, to the second. */
  public Instant time() {
    String expected = "a time in UTC such as 2017-07-08T00:00:00Z";
    String text = text(expected);
    if (!TIME.matcher(text).matches()) {
      throw wrong(expected);
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw wrong(expected);
    }
  }

  /** A block's number, or a moment in UTC. */
  public Moment moment() {
    if (TIME.matcher(given).matches()) {
      return new Moment.AtTime(time());
    }
    if (!SHORT_INTEGER.matcher(given).matches()) {
      throw wrong(MOMENT);
    }
    return new Moment.AtBlock(blockNumber());
  }

  public long blockNumber() {
    return integer(0, (1L << 53) - 1);
  }

  public BigInteger companyId() {
    String expected = "a company's id: a whole number from 1, without leading zeros";
    String text = text(expected);
    if (!COMPANY_ID.matcher(text).matches()) {
      throw wrong(expected);
    }
    return new BigInteger(text);
  }

  /** An integer; in a body it is a JSON number. */
  public long integer(long least, long most) {
    String expected = "a whole number from " + least + " to " + most;
    if (form == Form.JSON_TEXT || !SHORT_INTEGER.matcher(given).matches()) {
      throw wrong(expected);
    }
    long value = Long.parseLong(given);
    if (value < least || value > most) {
      throw wrong(expected);
    }
    return value;
  }

  /** A whole number of at most so many bits, as a string of digits. */
  public BigInteger wholeNumber(int bits) {
    String expected = "a whole number below 2^" + bits + ", as a string of digits";
    String text = text(expected);
    if (!DIGITS.matcher(text).matches()) {
      throw wrong(expected);
    }
    BigInteger number = new BigInteger(text);
    if (number.bitLength() > bits) {
      throw wrong(expected);
    }
    return number;
  }

  /** A moment in UTC, or the seconds since 1970 that name it. */
  public BigInteger seconds(int bits) {
    return TIME.matcher(given).matches()
        ? BigInteger.valueOf(time().getEpochSecond())
        : parsed(
            "a time in UTC such as 2017-07-08T00:00:00Z, or a number of seconds as a string",
            text -> wholeNumber(bits));
  }

  /** A JSON boolean. */
  public boolean flag() {
    if (form != Form.JSON_OTHER || !(given.equals("true") || given.equals("false"))) {
      throw wrong("true or false");
    }
    return Boolean.parseBoolean(given);
  }

  /** One of the constants, as {@link Words} spells them. */
  public <E extends Enum<E>> E oneOf(List<E> constants) {
    List<String> words = constants.stream().map(Words::of).toList();
    String expected = "one of " + String.join(", ", words);
    int index = words.indexOf(text(expected));
    if (index < 0) {
      throw wrong(expected);
    }
    return constants.get(index);
  }

  /** Text of so many characters, none of them a control character. */
  public String text(int shortest, int longest) {
    String expected = shortest + " to " + longest + " characters, none of them a control character";
    String text = text(expected);
    int length = text.codePointCount(0, text.length());
    boolean writable = StandardCharsets.UTF_8.newEncoder().canEncode(text);
    if (length < shortest
        || length > longest
        || !writable
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw wrong(expected);
    }
    return text;
  }

  /** Text that has the form of a pattern, described in words. */
  public String matching(Pattern pattern, String expected) {
    String text = text(expected);
    if (!pattern.matcher(text).matches()) {
      throw wrong(expected);
    }
    return text;
  }

  /** The problem that this value is not what was expected. */
  public Problem wrong(String expected) {
    return Problem.invalid(in, name, given, expected);
  }

  private String text(String expected) {
    if (form == Form.JSON_OTHER) {
      throw wrong(expected);
    }
    return given;
  }

  private <T> T parsed(String expected, Function<String, T> parse) {
    String text = text(expected);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(expected);
    }
  }
}
