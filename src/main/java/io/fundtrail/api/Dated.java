package io.fundtrail.api;

import io.fundtrail.model.AsOf;

/**
 * What is read from one snapshot of the index and from nothing else: the same question has the same
 * answer until the index goes on, and where the snapshot is of a final block that was asked for,
 * always.
 */
public interface Dated {
  AsOf asOf();
}
