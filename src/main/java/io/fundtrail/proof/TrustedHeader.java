package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Refusal.RefusedBundle;
import io.fundtrail.proof.Verdict.Trust;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A header for which an anchor vouches. */
record TrustedHeader(BlockHeader header, Hash hash, Trust trust) {
  Verdict.Block block() {
    return new Verdict.Block(header.number(), hash, header.timestamp());
  }

  static TrustedHeader of(Bytes encoded, TrustAnchor anchor) throws RefusedBundle {
    return switch (anchor) {
      case TrustAnchor.BlockHashes known ->
          new TrustedHeader(
              decode(encoded, known.hashes()), known(encoded, known.hashes()), Trust.BLOCK_HASH);
      case TrustAnchor.SecondProvider asked -> {
        Set<Hash> given = new HashSet<>(asked.hashes().values());
        BlockHeader header = decode(encoded, given);
        Hash hash = known(encoded, given);
        if (!hash.equals(asked.hashes().get(header.number()))) {
          throw Refusal.UNTRUSTED_HEADER.because(
              asked.provider() + " has another block " + header.number());
        }
        yield new TrustedHeader(header, hash, Trust.SECOND_PROVIDER);
      }
      case TrustAnchor.Validators quorum -> sealed(encoded, quorum);
    };
  }

  /** The hash is compared first, so that no other header is even decoded. */
  private static BlockHeader decode(Bytes encoded, Set<Hash> trusted) throws RefusedBundle {
    known(encoded, trusted);
    return decode(encoded);
  }

  private static Hash known(Bytes encoded, Set<Hash> trusted) throws RefusedBundle {
    Hash hash = Keccak.hash(encoded);
    if (trusted.contains(hash)) {
      return hash;
    }
    return qbft(encoded)
        .map(QbftHeader::hash)
        .filter(trusted::contains)
        .orElseThrow(
            () -> Refusal.UNTRUSTED_HEADER.because("nobody vouches for the block " + hash));
  }

  private static Optional<QbftHeader> qbft(Bytes encoded) {
    try {
      return Optional.of(QbftHeader.decode(encoded));
    } catch (RlpException _) {
      return Optional.empty();
    }
  }

  private static BlockHeader decode(Bytes encoded) throws RefusedBundle {
    try {
      return BlockHeader.decode(encoded);
    } catch (RlpException | IllegalArgumentException e) {
      throw Refusal.MALFORMED_HEADER.because("the header holds " + e.getMessage());
    }
  }

  private static TrustedHeader sealed(Bytes encoded, TrustAnchor.Validators anchor)
      throws RefusedBundle {
    QbftHeader qbft;
    try {
      qbft = QbftHeader.decode(encoded);
    } catch (RlpException e) {
      throw Refusal.MALFORMED_HEADER.because("no QBFT header: it has " + e.getMessage());
    }
    BlockHeader header = decode(encoded);
    Set<Address> named = new HashSet<>(qbft.validators());
    if (!named.isEmpty() && !named.equals(anchor.validators())) {
      throw Refusal.OTHER_VALIDATORS.because("the header names the validators " + named);
    }
    Set<Address> signers = new HashSet<>();
    for (Bytes seal : qbft.seals()) {
      Address signer =
          Signatures.signer(qbft.sealed(), seal)
              .filter(anchor.validators()::contains)
              .orElseThrow(() -> Refusal.WRONG_SEAL.because("a seal is by none of the validators"));
      if (!signers.add(signer)) {
        throw Refusal.WRONG_SEAL.because(signer + " sealed twice");
      }
    }
    if (signers.size() < anchor.quorum()) {
      throw Refusal.TOO_FEW_SEALS.because(
          "%d validators sealed; a quorum of %d is %d"
              .formatted(signers.size(), anchor.validators().size(), anchor.quorum()));
    }
    return new TrustedHeader(header, qbft.hash(), Trust.QBFT_QUORUM);
  }
}
