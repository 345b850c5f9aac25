package io.fundtrail.index;

import io.fundtrail.model.BlockRef;

/**
 * The chain replaced blocks that were indexed.
 *
 * @param abandoned the last indexed block, now off the chain
 * @param kept the last indexed block that stayed
 */
public record Reorganisation(BlockRef abandoned, BlockRef kept) {}
