package io.fundtrail.chain;

/** One call of a simulation: how it ended and the gas it used. */
public record SimulatedCall(CallResult result, long gasUsed) {}
