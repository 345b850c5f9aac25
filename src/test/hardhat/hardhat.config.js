// As the chains that the contracts are for, with blocks that hold all of the ledger's deployment.
module.exports = {
  solidity: "0.8.28",
  networks: {
    hardhat: {
      hardfork: "cancun",
      chainId: 31337,
      blockGasLimit: 1_000_000_000,
      mining: { auto: true, mempool: { order: "fifo" } },
    },
  },
};
