package io.fundtrail.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.Field.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A JSON object of a request's body with exactly the fields that its route names. */
public final class BodyFields {
  private final JsonNode object;
  private final String path;

  /**
   * Checks that the object has these fields and no others; a field that may be null must still be
   * there.
   *
   * @param path of the object in the body, empty or ending in a dot
   */
  BodyFields(JsonNode object, String path, String... names) {
    this.object = object;
    this.path = path;
    if (!object.isObject()) {
      String name = path.isEmpty() ? "body" : path.substring(0, path.length() - 1);
      throw Problem.invalid("body", name, object.toString(), "a JSON object");
    }
    Set<String> known = Set.of(names);
    object
        .fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw Problem.invalid(
                "body", path + name, object.get(name).toString(), "no such field");
          }
        });
    for (String name : names) {
      if (!object.has(name)) {
        throw Problem.invalid("body", path + name, null, "a value");
      }
    }
  }

  public Field field(String name) {
    return field(path + name, value(name));
  }

  /** A field that may be null. */
  public Optional<Field> nullable(String name) {
    return value(name).isNull() ? Optional.empty() : Optional.of(field(name));
  }

  /** An array of objects, each with exactly these fields. */
  public List<BodyFields> objects(String name, int most, String... names) {
    JsonNode array = value(name);
    if (!array.isArray() || array.size() > most) {
      throw Problem.invalid(
          "body", path + name, array.toString(), "an array of at most " + most + " objects");
    }
    List<BodyFields> objects = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      objects.add(new BodyFields(array.get(i), path + name + "[" + i + "].", names));
    }
    return objects;
  }

  /** An object with exactly these fields. */
  public BodyFields object(String name, String... names) {
    return new BodyFields(value(name), path + name + ".", names);
  }

  /** An array of values that are not objects. */
  public List<Field> values(String name, int most) {
    JsonNode array = value(name);
    if (!array.isArray() || array.size() > most) {
      throw Problem.invalid(
          "body", path + name, array.toString(), "an array of at most " + most + " values");
    }
    List<Field> values = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      values.add(field(path + name + "[" + i + "]", array.get(i)));
    }
    return values;
  }

  private static Field field(String name, JsonNode value) {
    return value.isTextual()
        ? new Field("body", name, value.textValue(), Form.JSON_TEXT)
        : new Field("body", name, value.toString(), Form.JSON_OTHER);
  }

  private JsonNode value(String name) {
    return object.required(name);
  }
}
