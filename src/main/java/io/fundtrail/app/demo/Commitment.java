package io.fundtrail.app.demo;

/** A pledge, and the synthetic person who makes it. */
record Commitment(Pledge pledge, Person person) {}
