package io.fundtrail.chaos;

/**
 * Where a program is stopped: as it enters a method.
 *
 * @param type the class by its binary name
 * @param time at which entry, from the first
 */
public record Place(String type, String method, int time) {
  public static Place entering(String type, String method) {
    return new Place(type, method, 1);
  }

  public Place forTheTime(int other) {
    return new Place(type, method, other);
  }

  @Override
  public String toString() {
    return "%s.%s (%d)".formatted(type.substring(type.lastIndexOf('.') + 1), method, time);
  }
}
