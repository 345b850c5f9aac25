package io.fundtrail.app;

import io.fundtrail.app.AppConfig.ChainSource;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.EmbeddedNode;
import io.fundtrail.chain.Finality;
import io.fundtrail.chain.RemoteNode;
import io.fundtrail.chain.TransactionGateway;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The chain that the service follows, whoever runs it. */
sealed interface LedgerChain extends AutoCloseable {
  ChainReader reader();

  TransactionGateway gateway();

  Finality finality();

  Deployment deployment();

  /** The settlement token that anybody may mint, where there is one. */
  Optional<Address> demoDollar();

  @Override
  void close();

  /** Our own node, which must still replay its block log. */
  record Embedded(EmbeddedNode node, ChainReader reader, DeploymentPlan plan)
      implements LedgerChain {

    /**
     * Starts the node.
     *
     * @param genesisTime of a chain that does not exist yet
     */
    static Embedded open(
        ChainSource.Embedded source, DataDirectory data, Instant genesisTime, InstantSource clock) {
      long chainId = EmbeddedNode.DEFAULT_CHAIN_ID;
      EmbeddedNode node =
          EmbeddedNode.open(
              new EmbeddedNode.Settings(data.chain(), source.binary(), chainId, genesisTime),
              clock);
      return new Embedded(node, ChainReader.of(node.rpcUrl()), EmbeddedDeployment.plan(chainId));
    }

    /** Puts the ledger on the chain, in one block, if it is not there. */
    void deployIfMissing() {
      EmbeddedDeployment ledger =
          EmbeddedDeployment.of(node.chainId(), new TransactionPlanner(node.chainId()));
      if (reader.receipt(ledger.landmark()).isPresent()) {
        return;
      }
      node.mine(
          node.nextBlockTime(),
          ledger.transactions().stream().map(PlannedTransaction::raw).toList());
      new DeploymentCheck(reader).verify(plan);
    }

    /** The last block made; none while the block log is replayed. */
    Optional<BlockRef> head() {
      return node.isReady() ? Optional.of(node.head()) : Optional.empty();
    }

    @Override
    public TransactionGateway gateway() {
      return node;
    }

    @Override
    public Finality finality() {
      return new Finality.Immediate();
    }

    @Override
    public Deployment deployment() {
      return plan.deployment();
    }

    @Override
    public Optional<Address> demoDollar() {
      return plan.demoDollar();
    }

    @Override
    public void close() {
      reader.close();
      node.close();
    }
  }

  /** A node elsewhere. */
  record External(ChainReader reader, RemoteNode gateway, Finality finality, Deployment deployment)
      implements LedgerChain {

    /**
     * Finds the ledger: in the data directory's record, else from the Directory's address.
     *
     * @throws StartRefused if neither says where it is
     */
    static External open(ChainSource.External source, DataDirectory data, InstantSource clock) {
      ChainReader reader = ChainReader.of(source.rpcUrl().toString());
      try {
        Deployment deployment = deployment(source, data, reader);
        return new External(reader, new RemoteNode(reader, clock), source.finality(), deployment);
      } catch (RuntimeException e) {
        reader.close();
        throw e;
      }
    }

    @Override
    public Optional<Address> demoDollar() {
      return Optional.empty();
    }

    @Override
    public void close() {
      reader.close();
    }

    private static Deployment deployment(
        ChainSource.External source, DataDirectory data, ChainReader reader) {
      Optional<Deployment> recorded =
          DeploymentRecord.read(data)
              .map(DeploymentRecord::deployment)
              .filter(known ->
                  source.directory().map(known.directory()::equals).orElse(true)
                      && (source.startBlock().isEmpty()
                          || source.startBlock().getAsLong() == known.startBlock()));
      if (recorded.isPresent()) {
        return recorded.get();
      }
      Address directory =
          source
              .directory()
              .orElseThrow(() ->
                  new StartRefused(
                      "%s has no record of a deployment; give the Directory's address with %s, or run deploy"
                          .formatted(data.path(), Setting.DIRECTORY.flag())));
      Deployment found = ExternalLedger.find(reader, directory, source.startBlock());
      new DeploymentRecord(found, reader.genesisHash()).write(data);
      return found;
    }
  }
}
