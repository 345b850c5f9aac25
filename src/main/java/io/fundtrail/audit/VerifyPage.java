package io.fundtrail.audit;

import io.fundtrail.api.Answer;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import java.util.List;
import java.util.Map;

/** The page that checks proof bundles, as the build made and published it, byte for byte. */
public final class VerifyPage implements Routes {
  static final String NAME = "verify.html";
  static final String HASH_NAME = "verify.html.sha256";

  private final Answer page;
  private final Answer hash;

  public VerifyPage() {
    this.page = Answer.standalone(PackedFile.read(NAME));
    this.hash = Answer.file("text/plain; charset=utf-8", PackedFile.read(HASH_NAME), Map.of());
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/" + NAME, _ -> page), Route.get("/" + HASH_NAME, _ -> hash));
  }
}
