package io.fundtrail.testnode;

import java.net.URI;
import org.web3j.crypto.Credentials;

/**
 * The chain that a {@link TestNode} class runs on.
 *
 * @param rpcUrl its JSON-RPC over HTTP
 * @param account web3j-unit's key, funded on the node that the class got for itself; on a chain
 *     given by address it must have been funded before
 */
public record TestChain(URI rpcUrl, Credentials account) {}
