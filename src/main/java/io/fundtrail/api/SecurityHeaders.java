package io.fundtrail.api;

import java.util.Map;

/**
 * What browsers are told. There is no header that lets other sites read the answers (CORS), and no
 * page runs or loads anything that is not this service's own file.
 */
final class SecurityHeaders {
  static final Map<String, String> API =
      Map.of(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()",
          "Cache-Control", "no-store");

  static final Map<String, String> PAGE =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
              + " require-trusted-types-for 'script'");

  private SecurityHeaders() {}
}
