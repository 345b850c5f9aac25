package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.Receipt;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.BlockHeader;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.Rlp;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@TestNode(hardfork = "prague")
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BlockContentsTest {
  private static final DevelopmentAccount SENDER = new DevelopmentAccount("sender of a blob");
  private static final Address NOBODY = Address.parse("0x" + "77".repeat(20));

  /**
   * The path to what is alone in a trie, under the index zero: a leaf of an even number of nibbles.
   */
  private static final Bytes ONLY = Bytes.parse("0x2080");

  /**
   * Such a block cannot be proven from anvil, which counts the blobs among what its transactions'
   * root commits to (EIP-4844 leaves them out).
   */
  @Test
  void aTransactionWithBlobsIsWhatItsHashSaysAndItsReceiptWhatTheBlockSays(TestChain node) {
    try (ChainReader chain = ChainReader.of(node.rpcUrl().toString())) {
      tell(chain, "anvil_setBalance", SENDER.address().toString(), "0xd3c21bcecceda1000000");
      Bytes sent =
          BlobTransaction.signed(
              SENDER, chain.chainId(), chain.nonce(SENDER.address()), NOBODY, Bytes.EMPTY);
      Hash transaction = tell(chain, "eth_sendRawTransaction", sent.toString());
      long number = mined(chain, transaction);
      BlockContents block = BlockContents.read(chain, number);
      assertThat(block.transactions())
          .singleElement()
          .extracting(Keccak::hash)
          .isEqualTo(transaction);
      assertThat(block.logCounts()).containsExactly(0);
      Sequence leaf =
          new Sequence(List.of(new ByteString(ONLY), new ByteString(block.receipts().getFirst())));
      assertThat(Keccak.hash(Rlp.encode(leaf)))
          .isEqualTo(BlockHeader.of(chain.header(number).rlpFields()).receiptsRoot());
    }
  }

  private static long mined(ChainReader chain, Hash transaction) {
    Optional<Receipt> receipt = chain.receipt(transaction);
    while (receipt.isEmpty()) {
      receipt = chain.receipt(transaction);
    }
    return receipt.get().blockNumber();
  }

  private static Hash tell(ChainReader chain, String method, String... params) {
    var answer =
        chain.rawCall(method, Arrays.stream(params).<JsonNode>map(TextNode::valueOf).toList());
    return answer.isTextual() ? Hash.parse(answer.asText()) : Hash.ZERO;
  }
}
