/**
 * The demonstration: real Regulation Crowdfunding offerings, each opened, sold and settled on the
 * embedded chain in the order of their dates, and beside them a synthetic company that uses every
 * instrument. What is done is a pure function of the table, so an interrupted demonstration goes on
 * where it stopped.
 */
@NullMarked
package io.fundtrail.app.demo;

import org.jspecify.annotations.NullMarked;
