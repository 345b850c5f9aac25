package io.fundtrail.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text made safe to stand in HTML, and the little of Markdown that descriptions use. */
public final class Html {
  private static final Pattern MARKS = Pattern.compile("\\*\\*(.+?)\\*\\*|`(.+?)`");

  private Html() {}

  /** Text that stands for itself, in an element or an attribute. */
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  /** Escaped, with {@code **strong**} and {@code `code`} marked up. */
  static String inline(String text) {
    return MARKS
        .matcher(escape(text.strip()))
        .replaceAll(mark ->
            Matcher.quoteReplacement(
                mark.group(1) == null
                    ? "<code>" + mark.group(2) + "</code>"
                    : "<strong>" + mark.group(1) + "</strong>"));
  }

  /** Paragraphs, parted by empty lines. */
  static String paragraphs(String text) {
    StringBuilder html = new StringBuilder();
    for (String paragraph : text.strip().split("\\n\\s*\\n", -1)) {
      html.append("<p>").append(inline(paragraph)).append("</p>\n");
    }
    return html.toString();
  }

  /** A page of this service around its main part, which is HTML already. */
  static String page(String title, String main) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <link rel="icon" href="/assets/fundtrail.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/assets/fundtrail.css">
    </head>
    <body>
    <header class="top">
      <a class="brand" href="/"><img src="/assets/fundtrail.svg" alt="" width="28" height="28">Fundtrail</a>
      <nav><a href="/docs">API</a><a href="/status">Status</a></nav>
    </header>
    %s
    </body>
    </html>
    """
        .formatted(escape(title), main);
  }
}
