import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { compactVerify, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { request, type Dispatcher } from 'undici';
import { z } from 'zod';
import { EvergrantError } from '../../errors/index.js';
import { Clock, outboundAgent, SingleFlight } from '../../resilience/index.js';
import { SecurityEventsOptions } from '../security-events-options.js';
import { SecurityEventRefused } from './refusal.js';

const largestBodyBytes = 64 * 1024;
const timeoutMs = 5_000;
const keptMs = 24 * 3_600_000;
/** What could not be had is not asked for again at once: everybody may post to us. */
const pauseMs = 5_000;

const configurationSchema = z.object({
  issuer: z.string().min(1),
  jwks_uri: z.url({ protocol: /^https?$/ }),
});

/** Who signs, and with which keys. */
interface Signer {
  issuer: string;
  keys: JWTVerifyGetKey;
}

/**
 * Google's keys for security event tokens, found by way of its RISC configuration
 * (https://accounts.google.com/.well-known/risc-configuration). jose asks for the keys again when a token names one
 * that is not known, twice a minute at most.
 */
@Injectable()
export class GoogleSigningKeys implements OnApplicationShutdown {
  private readonly agent: Dispatcher;
  private readonly loading = new SingleFlight<Signer>();
  private known: { signer: Signer; untilMs: number } | null = null;
  private failedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(SecurityEventsOptions) private readonly options: SecurityEventsOptions,
    private readonly clock: Clock,
  ) {
    this.agent = outboundAgent({
      connectTimeoutMs: timeoutMs,
      proxy: options.proxy,
      maxResponseSize: largestBodyBytes,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /**
   * Checks the signature of a token.
   * @returns the issuer whose keys these are
   * @throws SecurityEventRefused when it is not signed with one of its keys
   * @throws EvergrantError `SERVICE_UNAVAILABLE` when the keys cannot be had: the token has to come again
   */
  async verify(token: string): Promise<string> {
    const { issuer, keys } = await this.signer();
    try {
      await compactVerify(token, keys, { algorithms: ['RS256'] });
      return issuer;
    } catch (cause) {
      if (cause instanceof errors.JOSEError && refusals.has(cause.code))
        throw new SecurityEventRefused(
          'invalid_key',
          'The signature is not by one of the keys of the issuer',
        );
      throw unavailable(cause);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.close();
  }

  private async signer(): Promise<Signer> {
    const nowMs = this.clock.monotonicMs();
    if (this.known && nowMs < this.known.untilMs) return this.known.signer;
    if (nowMs - this.failedAtMs < pauseMs) throw unavailable(null);
    return this.loading.run('configuration', () => this.load());
  }

  private async load(): Promise<Signer> {
    try {
      const { issuer, jwks_uri: jwksUri } = configurationSchema.parse(
        JSON.parse(await (await this.get(this.options.configurationUrl)).text()),
      );
      const keys = createRemoteJWKSet(new URL(jwksUri), {
        timeoutDuration: timeoutMs,
        [customFetch]: (url, { signal }) => this.get(url, signal),
      });
      const signer = { issuer, keys };
      this.known = { signer, untilMs: this.clock.monotonicMs() + keptMs };
      return signer;
    } catch (cause) {
      this.failedAtMs = this.clock.monotonicMs();
      throw unavailable(cause);
    }
  }

  /** Redirects are not followed. */
  private async get(url: string, signal = AbortSignal.timeout(timeoutMs)): Promise<Response> {
    if (!this.options.mayAsk(url))
      throw new Error('The keys of the issuer are neither at https nor on loopback');
    const { statusCode, body } = await request(url, { dispatcher: this.agent, signal });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`The issuer answered ${statusCode}`);
    return new Response(text, { headers: { 'content-type': 'application/json' } });
  }
}

/** What says something of the token; anything else says something of the way to the keys. */
const refusals: ReadonlySet<string> = new Set([
  errors.JWKSNoMatchingKey.code,
  errors.JWSSignatureVerificationFailed.code,
  errors.JWSInvalid.code,
  errors.JOSEAlgNotAllowed.code,
  errors.JOSENotSupported.code,
]);

function unavailable(cause: unknown): EvergrantError {
  return new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'signing_keys_unavailable', cause });
}
