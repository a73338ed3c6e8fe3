import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { RateLimitWindows } from '../../database/index.js';
import { EvergrantError, isDatabaseUnavailable } from '../../errors/index.js';
import { Clock, SingleFlight } from '../../resilience/index.js';
import type { ApiCaller } from '../holders/api-principal.js';
import { IdentityOptions } from '../identity-options.js';

/** What this process holds of a caller's window. */
interface Permits {
  left: number;
  /** The window gave nothing more: all is taken. */
  exhausted: boolean;
  endsAtMs: number;
}

const capacity = 50_000;
/** Of a page that shows fifty mailboxes and looks after each every ten seconds, twice as many as it sends. */
const connectSessionCallsPerMinute = 600;
const portionsPerMinute = 60;

/**
 * Bounds how often one key or token may call, over all processes. A process takes permits from the shared window
 * in portions and spends them from memory; what it does not spend by the window's end is lost, so the limit is
 * never exceeded, and may be reached a little early by callers that are spread over many processes.
 */
@Injectable()
export class CallerRateLimit {
  private readonly logger = new Logger(CallerRateLimit.name);
  private readonly permits = new LRUCache<string, Permits>({ max: capacity });
  private readonly takings = new SingleFlight<boolean>();

  constructor(
    private readonly windows: RateLimitWindows,
    private readonly clock: Clock,
    @Inject(IdentityOptions) private readonly options: IdentityOptions,
  ) {}

  /**
   * A console session counts on its key, a connect session by itself: else one page would use up what its tenant has.
   * @throws EvergrantError `RATE_LIMITED`
   */
  admitCaller({ apiKeyId, connectSession }: ApiCaller): Promise<void> {
    if (connectSession !== undefined)
      return this.admit(`connect-session:${connectSession.id}`, connectSessionCallsPerMinute);
    return this.admit(apiKeyId === null ? 'operator' : `api-key:${apiKeyId}`);
  }

  /** @throws EvergrantError `RATE_LIMITED` */
  admitMcpToken(tokenId: string): Promise<void> {
    return this.admit(`mcp-token:${tokenId}`);
  }

  /** What a person let one client do has a limit of its own. @throws EvergrantError `RATE_LIMITED` */
  admitAuthorization(authorizationId: string): Promise<void> {
    return this.admit(`authorization:${authorizationId}`);
  }

  /** Spends a permit of a key's that is in memory; false says nothing about the limit, {@link admitCaller} does. */
  admitsFromMemory(apiKeyId: string): boolean {
    if (this.options.rateLimitPerMinute === 0) return true;
    const subject = `api-key:${apiKeyId}`;
    return this.permits.get(subject)?.exhausted !== true && this.spend(subject);
  }

  /** @param most a limit of its own, where the deployment's is higher */
  private async admit(subject: string, most = Infinity): Promise<void> {
    if (this.options.rateLimitPerMinute === 0) return;
    while (!this.spend(subject)) {
      // Requests that wait for the same portion share one query.
      if (!(await this.takings.run(subject, () => this.take(subject, most)))) return;
    }
  }

  /** @returns whether a permit was in memory */
  private spend(subject: string): boolean {
    const held = this.permits.get(subject);
    const remainingMs = held ? held.endsAtMs - this.clock.monotonicMs() : 0;
    if (!held || remainingMs <= 0) return false;
    if (held.exhausted)
      throw new EvergrantError('RATE_LIMITED', { retryAfterSeconds: Math.ceil(remainingMs / 1000) });
    if (held.left === 0) return false;
    held.left -= 1;
    return true;
  }

  /** @returns false when the database is away: then the limit stands aside, and what needs the database fails by itself */
  private async take(subject: string, most: number): Promise<boolean> {
    const limit = Math.min(this.options.rateLimitPerMinute, most);
    const portion = Math.max(1, Math.floor(limit / portionsPerMinute));
    // Measured before the question, so that no permit outlives its window.
    const askedAtMs = this.clock.monotonicMs();
    try {
      const { granted, endsInMs } = await this.windows.take(subject, limit, portion);
      this.permits.set(subject, {
        left: granted,
        exhausted: granted === 0,
        endsAtMs: askedAtMs + endsInMs,
      });
      return true;
    } catch (cause) {
      if (!isDatabaseUnavailable(cause)) throw cause;
      this.logger.debug({ msg: 'Rate limit not asked, the database is away', cause: String(cause) });
      return false;
    }
  }
}
