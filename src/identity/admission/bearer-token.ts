/** The token of an `Authorization: Bearer …` header (RFC 6750 section 2.1), or null. */
export function bearerToken(authorization: string | undefined): string | null {
  return /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(authorization ?? '')?.[1] ?? null;
}
