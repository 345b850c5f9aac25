package io.fundtrail.chain;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;

/** A message call that is only tried: who asks, whom, and with what data. No value is sent. */
public record Call(Address from, Address to, Bytes data) {}
