package io.fundtrail.testnode;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a chain of its own: a fresh anvil that mines each transaction at once, on a
 * free loopback port; or, if the system property {@code fundtrail.test.rpc-url} or the environment
 * variable {@code FUNDTRAIL_TEST_RPC_URL} is set, the chain behind that address.
 *
 * <p>Methods and constructors may ask for {@link TestChain}, {@code Web3j}, {@code
 * TransactionManager} and {@code ContractGasProvider}. The transaction manager signs for {@link
 * TestChain#account()}. Nested classes share the chain of the class around them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(TestNodeExtension.class)
public @interface TestNode {
  /** The rules of the chain, by the name of the hard fork that brought them. */
  String hardfork() default "cancun";

  /** Further options of anvil. */
  String[] options() default {};
}
