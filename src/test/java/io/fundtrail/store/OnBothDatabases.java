package io.fundtrail.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs on SQLite and again on PostgreSQL. Its parameters may be a {@link Database},
 * open and empty, and the {@link DatabaseUrl} to open it once more.
 */
@TestTemplate
@ExtendWith(BothDatabases.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnBothDatabases {}
