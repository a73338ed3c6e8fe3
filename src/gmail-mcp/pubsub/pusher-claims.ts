/** Whether a token that is Google's own and meant for us is that of our push subscription. */
export function isOurPusher(claims: Readonly<Record<string, unknown>>, serviceAccount: string): boolean {
  return claims.email === serviceAccount && claims.email_verified === true;
}

/**
 * Whether a token was not judged at all, as far as this error of jose's tells: keys that could not be had say nothing of
 * who calls. https://github.com/panva/jose/blob/main/docs/util/errors/README.md
 */
export function isWithoutKeys(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  if (typeof code !== 'string' || !code.startsWith('ERR_J')) return true;
  return unfetched.has(code);
}

/** An answer that is no 200 or no JSON is a plain JOSEError. */
const unfetched: ReadonlySet<string> = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID']);
