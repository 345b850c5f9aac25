/**
 * The HTTP face of the service: set-up and limits of the server, the routes on which the other
 * rooms answer, requests read into types, problems, and pages of lists. It knows no instrument.
 */
@NullMarked
package io.fundtrail.api;

import org.jspecify.annotations.NullMarked;
