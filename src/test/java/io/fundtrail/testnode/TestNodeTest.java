package io.fundtrail.testnode;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.bindings.DemoDollar;
import java.math.BigInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;

@TestNode
class TestNodeTest {
  private static DemoDollar dollar;
  private static TestChain chain;

  @BeforeAll
  static void deploy(
      Web3j web3j, TransactionManager sender, ContractGasProvider gas, TestChain given)
      throws Exception {
    chain = given;
    dollar = DemoDollar.deploy(web3j, sender, gas).send();
  }

  @Test
  void runsTheContractThatWasDeployed() throws Exception {
    String account = chain.account().getAddress();
    BigInteger before = dollar.balanceOf(account).send();

    assertThat(dollar.mint(account, BigInteger.TEN).send().isStatusOK()).isTrue();

    assertThat(dollar.balanceOf(account).send()).isEqualTo(before.add(BigInteger.TEN));
  }

  @Test
  void answersAtTheAddressThatTheHandleGives(ContractGasProvider gas) throws Exception {
    Web3j other = Web3j.build(new HttpService(chain.rpcUrl().toString()));
    try {
      var sameDollar = DemoDollar.load(dollar.getContractAddress(), other, chain.account(), gas);
      assertThat(sameDollar.symbol().send()).isEqualTo("DUSD");
    } finally {
      other.shutdown();
    }
  }

  @Nested
  class InANestedClass {
    @Test
    void theChainIsTheSame(TestChain here) {
      assertThat(here).isEqualTo(chain);
    }
  }
}
