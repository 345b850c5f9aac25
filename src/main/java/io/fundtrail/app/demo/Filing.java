package io.fundtrail.app.demo;

/** What the table says of one file number: an offering that can be opened, or one set aside. */
public sealed interface Filing permits Filing.SetAside, Offering {
  /** The regulator's number of the offering, such as {@code 020-23358}. */
  String fileNumber();

  String issuer();

  /** An offering that is not opened, and why. */
  record SetAside(String fileNumber, String issuer, String reason) implements Filing {}
}
