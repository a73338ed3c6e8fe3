import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey, type JWTPayload } from 'jose';
import { EvergrantError } from '../../errors/index.js';

/** An authorization server that is not ours (`AUTH_ISSUER`), and for whom its tokens have to be (`AUTH_AUDIENCE`). */
export interface ExternalIssuerNames {
  issuer: string;
  audience: string;
}

const fetchTimeoutMs = 5_000;
const retryAfterSeconds = 5;
/** Tokens that name unknown keys make the keys be fetched no more often than this. */
const cooldownMs = 10_000;
const clockToleranceSeconds = 30;
/** Of public keys; a secret that both sides hold would be in the hands of every resource server. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** RFC 8414, section 3.1, and OpenID Connect Discovery, section 4: with a path of the issuer's, before and behind it. */
const places = [
  ({ origin, pathname }: URL) =>
    `${origin}/.well-known/oauth-authorization-server${pathname.replace(/\/$/, '')}`,
  ({ origin, pathname }: URL) => `${origin}${pathname.replace(/\/$/, '')}/.well-known/openid-configuration`,
];

/**
 * Checks access tokens of an external authorization server, JWTs (RFC 9068), by the keys that it publishes: they are
 * looked for again when a token names one that is not known, so that it can replace them.
 */
export class ExternalIssuer {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly names: ExternalIssuerNames) {}

  get name(): string {
    return this.names.issuer;
  }

  /**
   * @returns null for what is no token of its, for us, now
   * @throws EvergrantError `SERVICE_UNAVAILABLE` while its keys cannot be fetched: that says nothing of a token
   */
  async verify(token: string): Promise<JWTPayload | null> {
    const keys = await this.publishedKeys();
    try {
      const { payload } = await jwtVerify(token, keys, {
        ...{ ...this.names, algorithms, clockTolerance: clockToleranceSeconds },
        requiredClaims: ['sub', 'exp'],
      });
      return payload;
    } catch (cause) {
      if (cause instanceof errors.JWKSNoMatchingKey || !isFetchFailure(cause)) return null;
      throw unavailable(cause);
    }
  }

  private async publishedKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.discover();
    try {
      return await this.keys;
    } catch (cause) {
      this.keys = undefined;
      throw unavailable(cause);
    }
  }

  private async discover(): Promise<JWTVerifyGetKey> {
    const issuer = new URL(this.names.issuer);
    for (const place of places) {
      const answer = await fetch(place(issuer), { signal: AbortSignal.timeout(fetchTimeoutMs) });
      const found = answer.ok ? ((await answer.json()) as { issuer?: unknown; jwks_uri?: unknown }) : {};
      // RFC 8414, section 3.3: a document of another issuer is not its.
      if (found.issuer === this.names.issuer && typeof found.jwks_uri === 'string')
        return createRemoteJWKSet(new URL(found.jwks_uri), {
          timeoutDuration: fetchTimeoutMs,
          cooldownDuration: cooldownMs,
        });
    }
    throw new Error('The external issuer publishes no metadata with its name and keys');
  }
}

/** What is wrong with the keys rather than with the token; jose's errors of tokens have codes of their own. */
function isFetchFailure(cause: unknown): boolean {
  if (cause instanceof errors.JWKSTimeout || cause instanceof errors.JWKSInvalid) return true;
  const isOfToken = cause instanceof errors.JOSEError && cause.code !== 'ERR_JOSE_GENERIC';
  return !isOfToken;
}

function unavailable(cause: unknown): EvergrantError {
  return new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'external_issuer', retryAfterSeconds, cause });
}
