package io.fundtrail.api;

import io.fundtrail.api.Field.Form;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.LogRef;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How much of a list is asked for, and after which key. */
public final class Paging {
  private final String filter;
  private final int limit;
  private final @Nullable Cursor cursor;

  Paging(String filter, int limit, @Nullable Cursor cursor) {
    this.filter = filter;
    this.limit = limit;
    this.cursor = cursor;
  }

  /** Most items on the page. */
  public int limit() {
    return limit;
  }

  /** The key of the last item before the page, as {@link #page} was given it. */
  public Optional<Key> after() {
    return Optional.ofNullable(cursor).map(there -> new Key(there.key()));
  }

  /**
   * Makes a page out of one item more than {@link #limit}, if there are so many.
   *
   * @param pinned the block to which the following pages are bound
   * @param key of an item, by which the query can go on after it
   */
  public <T> Page<T> page(List<T> items, BlockRef pinned, Function<T, List<String>> key) {
    if (items.size() <= limit) {
      return new Page<>(items, null);
    }
    List<T> shown = items.subList(0, limit);
    Cursor next =
        new Cursor(filter, pinned.number(), pinned.hash(), key.apply(shown.get(limit - 1)));
    return new Page<>(shown, next.text());
  }

  /** The key of an item that is ordered by the log that made it. */
  public static List<String> key(LogRef ref) {
    return List.of(String.valueOf(ref.blockNumber()), String.valueOf(ref.logIndex()));
  }

  /** The key of an item in the list's order. */
  public static final class Key {
    private final List<String> parts;

    private Key(List<String> parts) {
      this.parts = parts;
    }

    /** A part of the key; a cursor that was tampered with is the caller's mistake. */
    public Field part(int index) {
      String text = index < parts.size() ? parts.get(index) : "";
      return new Field("query", "cursor", text, Form.URL);
    }

    /** The whole key, where it is the place of a log that {@link Paging#key} wrote. */
    public LogRef logRef() {
      return new LogRef(part(0).blockNumber(), (int) part(1).integer(0, Integer.MAX_VALUE));
    }
  }

  /**
   * Some items of a list.
   *
   * @param next the cursor of the following page; null when there is none
   */
  public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
      items = List.copyOf(items);
    }
  }
}
