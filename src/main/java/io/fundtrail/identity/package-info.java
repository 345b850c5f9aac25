/**
 * Persons: what the registrar attested of whom, and what each has committed in twelve months. No
 * personal data; a person is a hash.
 */
@NullMarked
package io.fundtrail.identity;

import org.jspecify.annotations.NullMarked;
