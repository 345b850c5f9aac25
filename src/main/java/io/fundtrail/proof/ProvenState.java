package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.ProofBundle.Code;
import io.fundtrail.proof.Refusal.RefusedBundle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The state under a header, as far as a bundle proves it. */
final class ProvenState implements State {
  private static final String CHAIN_ID = "_cachedChainId";

  private final ProofBundle bundle;
  private final Hash stateRoot;
  private final NodePool nodes;
  private final PublishedCodes published;
  private final Map<Address, Code> codes = new HashMap<>();
  private final Set<Address> used = new HashSet<>();
  private boolean cloneUsed;

  ProvenState(ProofBundle bundle, Hash stateRoot, NodePool nodes, PublishedCodes published)
      throws RefusedBundle {
    this.bundle = bundle;
    this.stateRoot = stateRoot;
    this.nodes = nodes;
    this.published = published;
    for (Code code : bundle.codes()) {
      if (codes.put(code.address(), code) != null) {
        throw Refusal.DUPLICATE_MATERIAL.because("the code of " + code.address() + " comes twice");
      }
    }
  }

  @Override
  public Contract contract(Address address) throws RefusedBundle {
    AccountState account = account(address);
    Storage storage = slot -> account.findStorage(slot, nodes);
    if (!address.equals(bundle.contract()) || bundle.cloneCode().isEmpty()) {
      return new Contract(address, listed(address), Terms.NONE, storage);
    }
    cloneUsed = true;
    Hash hash = Keccak.hash(bundle.cloneCode());
    if (!hash.equals(account.codeHash())) {
      throw Refusal.OTHER_CODE.because(
          "the code of " + address + " has the hash " + account.codeHash() + ", not " + hash);
    }
    CloneCode clone =
        CloneCode.of(bundle.cloneCode())
            .orElseThrow(() -> Refusal.UNLISTED_CODE.because(address + " is no clone"));
    return new Contract(address, listed(clone.implementation()), clone.terms(), storage);
  }

  /** Once all is read: no code was in vain, and each stands in its order. */
  void requireAllUsed() throws RefusedBundle {
    if (!cloneUsed && !bundle.cloneCode().isEmpty()) {
      throw Refusal.UNUSED_MATERIAL.because("the clone's code proves nothing");
    }
    List<Code> order = bundle.codes();
    for (int i = 0; i < order.size(); i++) {
      if (!used.contains(order.get(i).address())) {
        throw Refusal.UNUSED_MATERIAL.because(
            "the code of " + order.get(i).address() + " proves nothing");
      }
      if (i > 0 && order.get(i - 1).address().compareTo(order.get(i).address()) > 0) {
        throw Refusal.UNSORTED_MATERIAL.because(
            "the code of " + order.get(i).address() + " comes late");
      }
    }
  }

  private ContractCode listed(Address address) throws RefusedBundle {
    Code code = codes.get(address);
    if (code == null) {
      throw Refusal.MISSING_CODE.because("the code of " + address + " is missing");
    }
    ContractCode listed =
        published
            .of(code.template())
            .orElseThrow(
                () -> Refusal.UNLISTED_CODE.because("no code on the list is " + code.template()));
    Hash proven = account(address).codeHash();
    if (!listed.deployed(code.immutables()).map(proven::equals).orElse(false)) {
      throw Refusal.OTHER_CODE.because(
          "the code of " + address + " is no " + listed.contract() + " with these immutables");
    }
    used.add(address);
    requireChain(code);
    for (var lent : listed.lent().entrySet()) {
      requireLent(
          address,
          listed,
          code.immutables().getOrDefault(lent.getKey(), Hash.ZERO),
          lent.getValue());
    }
    return listed;
  }

  /** What runs on a contract's storage is as much its code as its own. */
  private void requireLent(Address owner, ContractCode of, Hash lender, String name)
      throws RefusedBundle {
    Address address;
    try {
      address = Address.ofWord(lender);
    } catch (IllegalArgumentException _) {
      throw Refusal.OTHER_CODE.because(owner + " names " + lender + " as its " + name);
    }
    ContractCode lent = listed(address);
    if (!lent.contract().equals(name)) {
      throw Refusal.OTHER_CODE.because(
          "the %s at %s runs the code of a %s as its %s"
              .formatted(of.contract(), owner, lent.contract(), name));
    }
  }

  private void requireChain(Code code) throws RefusedBundle {
    Hash chain = code.immutables().get(CHAIN_ID);
    if (chain != null && !chain.toUint().equals(bundle.chainId())) {
      throw Refusal.OTHER_CHAIN.because(
          "%s was created on chain %s, not %s"
              .formatted(code.address(), chain.toUint(), bundle.chainId()));
    }
  }

  private AccountState account(Address address) throws RefusedBundle {
    return AccountState.find(stateRoot, address, nodes)
        .orElseThrow(() -> Refusal.NO_CONTRACT.because("nothing is at " + address));
  }
}
