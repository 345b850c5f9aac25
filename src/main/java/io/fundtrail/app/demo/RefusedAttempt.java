package io.fundtrail.app.demo;

import java.time.Instant;

/**
 * Something that a contract refused, as it should.
 *
 * @param what was tried, in words
 * @param reason the contract's custom error, put into words
 */
public record RefusedAttempt(Instant time, String what, String error, String reason) {}
