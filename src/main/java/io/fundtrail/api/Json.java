package io.fundtrail.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;

/**
 * JSON as the description has it: values of the model and big numbers as strings, enums in lower
 * case, nulls written. An amount is not written here, since its decimals are its token's: see
 * {@link Money}. Reading is strict: no member twice, nothing after the end, no deep nesting.
 */
public final class Json {
  private static final int DEEPEST = 32;
  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  /** UTF-8 of a record, list, map or node. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer cannot be written as JSON", e);
    }
  }

  /**
   * Reads one JSON value.
   *
   * @throws JsonProcessingException if the bytes are not exactly that
   */
  public static JsonNode read(byte[] bytes) throws JsonProcessingException {
    try {
      return MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory could not be read", e);
    }
  }

  private static ObjectMapper mapper() {
    SimpleModule model = new SimpleModule("model");
    model.addSerializer(Address.class, ToStringSerializer.instance);
    model.addSerializer(Hash.class, ToStringSerializer.instance);
    model.addSerializer(Bytes.class, ToStringSerializer.instance);
    model.addSerializer(ShareCount.class, ToStringSerializer.instance);
    model.addSerializer(BigInteger.class, ToStringSerializer.instance);
    model.addSerializer(Instant.class, ToStringSerializer.instance);
    model.addSerializer(new AsOfSerializer());
    model.addSerializer(new BlockSerializer());
    model.addSerializer(new EnumSerializer());
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .addModule(model)
        .build();
  }

  private static final class AsOfSerializer extends StdSerializer<AsOf> {
    private static final long serialVersionUID = 1L;

    AsOfSerializer() {
      super(AsOf.class);
    }

    @Override
    public void serialize(AsOf asOf, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      json.writeNumberField("blockNumber", asOf.block().number());
      json.writeStringField("blockHash", asOf.block().hash().toString());
      json.writeStringField("time", asOf.block().time().toString());
      json.writeStringField("finality", asOf.finality());
      json.writeNumberField("verifiedThrough", asOf.verifiedThrough());
      json.writeEndObject();
    }
  }

  private static final class BlockSerializer extends StdSerializer<BlockRef> {
    private static final long serialVersionUID = 1L;

    BlockSerializer() {
      super(BlockRef.class);
    }

    @Override
    public void serialize(BlockRef block, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      json.writeNumberField("number", block.number());
      json.writeStringField("hash", block.hash().toString());
      json.writeStringField("time", block.time().toString());
      json.writeEndObject();
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class EnumSerializer extends StdSerializer<Enum> {
    private static final long serialVersionUID = 1L;

    EnumSerializer() {
      super(Enum.class);
    }

    @Override
    public void serialize(Enum value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(Words.of(value));
    }
  }
}
