package io.fundtrail.testnode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.web3j.EVMExtension;
import org.web3j.protocol.Web3j;
import org.web3j.tx.FastRawTransactionManager;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;
import org.web3j.utils.Async;

/** web3j-unit's extension, with anvil or a given node in the place of Docker and Besu. */
final class TestNodeExtension extends EVMExtension {
  private static final Namespace NAMESPACE = Namespace.create(TestNodeExtension.class);
  private static final long POLL_MILLIS = 50;
  private static final int POLLS = 600;

  private record Running(Node node, Web3j web3j) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      web3j.shutdown();
      node.close();
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return ConditionEvaluationResult.enabled("anvil comes with the build");
  }

  /** Starts the node, but for a nested class, which finds the node of the class around it. */
  @Override
  public void beforeAll(ExtensionContext context) {
    Store store = context.getStore(NAMESPACE);
    if (store.get(Running.class) != null) {
      return;
    }
    Node node =
        givenUrl()
            .map(URI::create)
            .<Node>map(Node.Given::new)
            .orElseGet(() -> anvil(context.getRequiredTestClass()));
    Web3j web3j = Web3j.build(node.startService(), POLL_MILLIS, Async.defaultExecutorService());
    store.put(Running.class, new Running(node, web3j));
    setService(node);
    setWeb3j(web3j);
    setTransactionManager(
        new FastRawTransactionManager(
            web3j,
            getCredentials(),
            chainId(web3j),
            new PollingTransactionReceiptProcessor(web3j, POLL_MILLIS, POLLS)));
  }

  /** Nothing: the store closes the node after the class that started it. */
  @Override
  public void afterAll(ExtensionContext context) {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestChain.class
        || super.supportsParameter(parameter, context);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestChain.class
        ? new TestChain(((Node) getService()).rpcUrl(), getCredentials())
        : super.resolveParameter(parameter, context);
  }

  private static Optional<String> givenUrl() {
    return Optional.ofNullable(System.getProperty("fundtrail.test.rpc-url"))
        .or(() -> Optional.ofNullable(System.getenv("FUNDTRAIL_TEST_RPC_URL")));
  }

  private Node anvil(Class<?> test) {
    TestNode asked =
        AnnotationSupport.findAnnotation(test, TestNode.class)
            .orElseThrow(() -> new IllegalStateException(test + " asks for no node"));
    Anvil anvil = Anvil.start(asked.hardfork(), asked.options());
    anvil.fund(getCredentials().getAddress());
    return anvil;
  }

  private static long chainId(Web3j web3j) {
    try {
      return web3j.ethChainId().send().getChainId().longValueExact();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
