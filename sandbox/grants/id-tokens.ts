import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import type { SandboxClock } from '../state/sandbox-clock.js';
import type { Account, SandboxState } from '../state/sandbox-state.js';
import { issuer } from '../oauth/issuer.js';

const algorithm = 'RS256';
const keyId = 'sandbox-1';

/** What tells of an account's address, in id_tokens and at userinfo. */
export function addressClaims({ email, emailVerified, hostedDomain }: Account) {
  return { email, email_verified: emailVerified, ...(hostedDomain !== null && { hd: hostedDomain }) };
}

/** Signs OpenID Connect id_tokens as Google does (RS256). */
export class IdTokens {
  readonly keyId = keyId;
  private loaded: Promise<{ jwk: JWK; key: CryptoKey | Uint8Array }> | undefined;

  constructor(
    private readonly state: SandboxState,
    private readonly clock: SandboxClock,
  ) {}

  async issue(account: Account, clientId: string, nonce: string | undefined): Promise<string> {
    const nowSeconds = Math.floor(this.clock.nowMs() / 1000);
    return new SignJWT({ ...addressClaims(account), ...(nonce !== undefined && { nonce }) })
      .setProtectedHeader({ alg: algorithm, kid: keyId })
      .setIssuer(issuer)
      .setAudience(clientId)
      .setSubject(account.sub)
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + 3600)
      .sign((await this.privateKey()).key);
  }

  /** The token that Pub/Sub pushes with (https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions). */
  async issueToServiceAccount(email: string, audience: string, { ageSeconds = 0 } = {}): Promise<string> {
    const nowSeconds = Math.floor(this.clock.nowMs() / 1000) - ageSeconds;
    return new SignJWT({ email, email_verified: true, azp: email })
      .setProtectedHeader({ alg: algorithm, kid: keyId })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(email)
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + 3600)
      .sign((await this.privateKey()).key);
  }

  /** A security event token (RFC 8417): by the same keys, and without `exp`. */
  async signSecurityEvent(claims: Record<string, unknown>): Promise<string> {
    const { key } = await this.privateKey();
    return new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, kid: keyId, typ: 'secevent+jwt' })
      .sign(key);
  }

  /** The public key set, as at https://www.googleapis.com/oauth2/v3/certs. */
  async publicKeys(): Promise<{ keys: JWK[] }> {
    const { kty = 'RSA', n = '', e = '' } = (await this.privateKey()).jwk;
    return { keys: [{ kty, n, e, kid: keyId, alg: algorithm, use: 'sig' }] };
  }

  /** Made on first use: an RSA key takes a while, and many sandboxes in tests never need one. */
  private privateKey() {
    return (this.loaded ??= this.loadOrGenerate());
  }

  private async loadOrGenerate() {
    if (this.state.data.idTokenKey === null) {
      const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
      this.state.data.idTokenKey = { ...(await exportJWK(privateKey)) };
      this.state.save();
    }
    const jwk: JWK = this.state.data.idTokenKey;
    return { jwk, key: await importJWK(jwk, algorithm) };
  }
}
