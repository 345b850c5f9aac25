/** What tests of faults, kills and reorganisations have in common. */
@NullMarked
package io.fundtrail.chaos;

import org.jspecify.annotations.NullMarked;
