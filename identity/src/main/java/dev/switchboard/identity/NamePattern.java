package dev.switchboard.identity;

/**
 * A name, or many: {@code *} stands for any run of characters, everything else for itself.
 *
 * <p>Matching takes time in proportion to the product of both lengths at worst, never more, so a
 * pattern out of a token can do no harm.
 */
public record NamePattern(String glob) {

  /** Matches every name. */
  public static final NamePattern ANY = new NamePattern("*");

  /** Whether {@code name} is one of those this pattern stands for. */
  public boolean matches(String name) {
    int g = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        resume = n;
      } else if (g < glob.length() && glob.charAt(g) == name.charAt(n)) {
        g++;
        n++;
      } else if (star >= 0) {
        g = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
