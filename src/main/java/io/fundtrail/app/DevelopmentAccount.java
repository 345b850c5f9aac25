package io.fundtrail.app;

import io.fundtrail.model.Address;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.Signatures;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.web3j.crypto.Credentials;

/**
 * An account of the embedded chain for development and demonstration. Its key is computed from its
 * name, so everybody knows it: nothing of value may ever belong to it.
 */
public record DevelopmentAccount(String name) {
  public static final DevelopmentAccount DEPLOYER = new DevelopmentAccount("deployer");
  public static final DevelopmentAccount ADMIN = new DevelopmentAccount("admin");
  public static final DevelopmentAccount OPERATOR = new DevelopmentAccount("operator");
  public static final DevelopmentAccount REGISTRAR = new DevelopmentAccount("registrar");
  public static final DevelopmentAccount GUARDIAN = new DevelopmentAccount("guardian");
  public static final DevelopmentAccount RECOVERY = new DevelopmentAccount("recovery");
  public static final DevelopmentAccount FEE_RECIPIENT = new DevelopmentAccount("fee recipient");

  /** The key pair: keccak256 of {@code fundtrail development account: } and the name. */
  public Credentials credentials() {
    return Credentials.create(privateKey().toString(16));
  }

  /** As the credentials have it, without the security provider that web3j registers for them. */
  public Address address() {
    return Signatures.addressOf(privateKey());
  }

  private BigInteger privateKey() {
    String seed = "fundtrail development account: " + name;
    return Keccak.hash(seed.getBytes(StandardCharsets.UTF_8)).toUint();
  }
}
