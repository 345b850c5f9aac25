package io.fundtrail.proof;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Bundles as JSON in UTF-8. Every value has one spelling: byte strings are {@code 0x} and
 * lower-case hex, amounts and chain ids decimal strings; block numbers, times and indices are JSON
 * numbers. What is unknown, missing, null or there twice is refused.
 */
public final class BundleJson {
  /** The largest bundle that is read, in bytes. */
  public static final int MOST_BYTES = 64 << 20;

  private static final int DEEPEST = 8;
  private static final int LONGEST_STRING = 8 << 20;
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_NUMBER = 19;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_STRING)
                          .maxNameLength(LONGEST_NAME)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxDocumentLength(MOST_BYTES)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .addModule(values())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(MapperFeature.REQUIRE_TYPE_ID_FOR_SUBTYPES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
          .build();

  private BundleJson() {}

  /**
   * Reads one bundle.
   *
   * @throws UnreadableBundle if the bytes are not exactly that
   */
  public static ProofBundle read(byte[] json) throws UnreadableBundle {
    if (json.length > MOST_BYTES) {
      throw new UnreadableBundle("a bundle of more than " + MOST_BYTES + " bytes");
    }
    // Given the bytes, the library would look for UTF-16 and UTF-32 and let some faulty UTF-8 pass.
    Reader text =
        new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
    try {
      @Nullable ProofBundle bundle = MAPPER.readValue(text, ProofBundle.class);
      if (bundle == null) {
        throw new UnreadableBundle("a null");
      }
      return bundle;
    } catch (JsonProcessingException e) {
      throw new UnreadableBundle(e.getOriginalMessage());
    } catch (CharacterCodingException _) {
      throw new UnreadableBundle("it is not text in UTF-8");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory could not be read", e);
    }
  }

  /**
   * Reads one bundle to the end of a stream.
   *
   * @throws UnreadableBundle if the bytes are not exactly that
   * @throws IOException if the stream cannot be read
   */
  public static ProofBundle read(InputStream json) throws IOException, UnreadableBundle {
    return read(json.readNBytes(MOST_BYTES + 1));
  }

  /** UTF-8. */
  public static byte[] write(ProofBundle bundle) {
    return bytes(bundle);
  }

  /**
   * Writes UTF-8 to a stream, which stays open.
   *
   * @throws IOException if the stream cannot be written
   */
  public static void write(ProofBundle bundle, OutputStream out) throws IOException {
    try (JsonGenerator generator = MAPPER.createGenerator(out)) {
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      generator.writePOJO(bundle);
    }
  }

  /** UTF-8 of a verdict, for machines. */
  public static byte[] write(Verdict verdict) {
    return bytes(verdict);
  }

  /** How many bytes a bundle is written as. */
  static long size(ProofBundle bundle) {
    Counted counted = new Counted();
    try {
      write(bundle, counted);
    } catch (IOException e) {
      throw new IllegalStateException("a record cannot be written as JSON", e);
    }
    return counted.bytes;
  }

  private static final class Counted extends OutputStream {
    private long bytes;

    @Override
    public void write(int written) {
      bytes++;
    }

    @Override
    public void write(byte[] written, int start, int length) {
      bytes += length;
    }
  }

  private static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record cannot be written as JSON", e);
    }
  }

  /** How the values of which bundles consist are written. */
  static SimpleModule values() {
    SimpleModule module = new SimpleModule("fundtrail-values");
    add(module, Address.class, Address::parse);
    add(module, Bytes.class, Bytes::parse);
    add(module, Hash.class, Hash::parse);
    add(module, BigInteger.class, BundleJson::decimal);
    module.addDeserializer(int.class, new Whole<>(Integer.class, JsonParser::getIntValue));
    module.addDeserializer(long.class, new Whole<>(Long.class, JsonParser::getLongValue));
    module.addDeserializer(Claim.class, new OfKind());
    return module;
  }

  private static <T> void add(SimpleModule module, Class<T> type, Function<String, T> parse) {
    module.addSerializer(type, ToStringSerializer.instance);
    module.addDeserializer(type, new Canonical<>(type, parse));
  }

  private static BigInteger decimal(String text) {
    if (!text.matches("0|[1-9][0-9]{0,77}")) {
      throw new IllegalArgumentException("no unsigned decimal number");
    }
    BigInteger number = new BigInteger(text);
    if (number.bitLength() > Byte.SIZE * Hash.SIZE) {
      throw new IllegalArgumentException("a number above 2^256-1");
    }
    return number;
  }

  /** A string that is what the value it stands for is written as. */
  private static final class Canonical<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> parse;

    private Canonical(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    /** Asked for where a value may be missing; null is not how that is written. */
    @Override
    public T getNullValue(DeserializationContext context) throws JsonMappingException {
      return context.reportInputMismatch(this, "a null");
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      return null;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        return context.reportInputMismatch(this, "a string is due");
      }
      String text = parser.getText();
      T value;
      try {
        value = parse.apply(text);
      } catch (IllegalArgumentException e) {
        return context.reportInputMismatch(
            this, "a string that cannot be read: %s", e.getMessage());
      }
      if (!value.toString().equals(text)) {
        return context.reportInputMismatch(this, "%s is spelt another way", value);
      }
      return value;
    }
  }

  /** A JSON number that is what the value it stands for is written as. */
  private static final class Whole<T extends Number> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient NumberReader<T> reader;

    private Whole(Class<T> type, NumberReader<T> reader) {
      super(type);
      this.reader = reader;
    }

    private interface NumberReader<T> {
      T read(JsonParser parser) throws IOException;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        return context.reportInputMismatch(this, "a whole number is due");
      }
      T value = reader.read(parser);
      if (!value.toString().equals(parser.getText())) {
        return context.reportInputMismatch(this, "%s is spelt another way", value);
      }
      return value;
    }
  }

  /** An object that names its kind; the library would take an array of both as well. */
  private static final class OfKind extends StdDeserializer<Claim> {
    private static final long serialVersionUID = 1L;

    private OfKind() {
      super(Claim.class);
    }

    @Override
    public Object deserializeWithType(
        JsonParser parser, DeserializationContext context, TypeDeserializer kinds)
        throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        return context.reportInputMismatch(this, "an object is due");
      }
      return kinds.deserializeTypedFromObject(parser, context);
    }

    @Override
    public Claim deserialize(JsonParser parser, DeserializationContext context) {
      throw new IllegalStateException("a claim is read by its kind");
    }
  }
}
