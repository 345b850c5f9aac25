package io.fundtrail.cli;

import io.fundtrail.app.Application;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"Fundtrail " + Application.version() + ", Java " + Runtime.version()};
  }
}
