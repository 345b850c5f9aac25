package io.fundtrail.testnode;

import java.net.URI;
import org.web3j.container.GenericService;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.http.HttpService;

/** A node with JSON-RPC over HTTP. */
interface Node extends GenericService {
  URI rpcUrl();

  @Override
  default Web3jService startService() {
    return new HttpService(rpcUrl().toString());
  }

  /** A node that somebody else runs; closing leaves it running. */
  record Given(URI rpcUrl) implements Node {
    @Override
    public void close() {}
  }
}
