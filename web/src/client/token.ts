export interface TokenClaims {
  sub?: string;
  /** Seconds since 1970. */
  exp?: number;
}

/**
 * What a JWT says of itself, to fill in a form. It proves nothing: only the services, which hold the
 * key, can verify it. Undefined for whatever is no JWT.
 */
export function readToken(token: string): TokenClaims | undefined {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token.trim())?.[1];
  if (!payload) {
    return undefined;
  }
  try {
    const bytes = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
    const json = new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
    const claims = JSON.parse(json) as Record<string, unknown>;
    return {
      ...(typeof claims.sub === "string" ? { sub: claims.sub } : {}),
      ...(typeof claims.exp === "number" ? { exp: claims.exp } : {}),
    };
  } catch {
    return undefined;
  }
}
