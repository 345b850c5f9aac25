package io.fundtrail.audit;

import io.fundtrail.api.Answer;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page that checks proof bundles, as the build made and published it, byte for byte. */
public final class VerifyPage implements Routes {
  static final String NAME = "verify.html";
  static final String HASH_NAME = "verify.html.sha256";

  private static final Pattern OWN_POLICY =
      Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"");

  private final Answer page;
  private final Answer hash;

  public VerifyPage() {
    byte[] file = PackedFile.read(NAME);
    Matcher policy = OWN_POLICY.matcher(new String(file, StandardCharsets.UTF_8));
    if (!policy.find()) {
      throw new IllegalStateException("the page does not say what it may run and load");
    }
    // The page's own policy, and what only a header can say.
    this.page =
        Answer.file(
            Answer.HTML_TYPE,
            file,
            Map.of("Content-Security-Policy", policy.group(1) + "; frame-ancestors 'none'"));
    this.hash = Answer.file("text/plain; charset=utf-8", PackedFile.read(HASH_NAME), Map.of());
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/" + NAME, _ -> page), Route.get("/" + HASH_NAME, _ -> hash));
  }
}
