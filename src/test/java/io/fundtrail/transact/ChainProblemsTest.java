package io.fundtrail.transact;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.api.Problem;
import io.fundtrail.api.ProblemType;
import io.fundtrail.chain.ChainBusy;
import io.fundtrail.chain.ChainException;
import io.fundtrail.chain.ChainUnavailable;
import io.fundtrail.chain.TransactionRefused;
import org.junit.jupiter.api.Test;

class ChainProblemsTest {
  @Test
  void tellsWhoCameWhenTooMuchWaitedThatThereIsNoRoomNow() {
    assertThat(ChainProblems.of(new ChainBusy("5000 transactions are waiting already")))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.CHAIN_UNAVAILABLE);
              assertThat(problem.type().status()).isEqualTo(503);
            })
        .hasMessage("The chain has no room: 5000 transactions are waiting already.");
  }

  @Test
  void tellsWhyTheChainRefused() {
    assertThat(
            ChainProblems.of(
                new TransactionRefused(TransactionRefused.Reason.MALFORMED, "it has no signature")))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.CHAIN_REFUSED))
        .hasMessage("The chain refused: it has no signature.");
  }

  @Test
  void keepsWhatTheNodeSaidOfItselfFromTheClient() {
    assertThat(ChainProblems.of(new ChainUnavailable("http://10.0.0.7:8545 timed out")))
        .isInstanceOf(Problem.class)
        .message()
        .doesNotContain("10.0.0.7");
    ChainException fault = new ChainException("a block came out differently");
    assertThat(ChainProblems.of(fault)).isSameAs(fault);
  }
}
