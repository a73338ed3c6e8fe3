import { Injectable } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import type { ApiCaller } from '../holders/api-principal.js';
import { rightsInBrowser } from '../holders/api-right.js';
import { CallerRateLimit } from './caller-rate-limit.js';
import { ConsoleSessions } from '../console/console-sessions.js';
import { LoginAttempts } from './login-attempts.js';
import { PresentedLogins, type PresentedLogin } from './presented-logins.js';
import { RefusalPace } from './refusal-pace.js';

/** Exchanges what proves a caller once for a console session. */
@Injectable()
export class ConsoleLogins {
  constructor(
    private readonly attempts: LoginAttempts,
    private readonly presented: PresentedLogins,
    private readonly rateLimit: CallerRateLimit,
    private readonly sessions: ConsoleSessions,
    private readonly pace: RefusalPace,
  ) {}

  /**
   * @param address the client's, for counting what fails
   * @throws EvergrantError `UNAUTHENTICATED`, or in its place `RATE_LIMITED` after too many of them from there, and
   * `FORBIDDEN` for a suspended tenant's key
   */
  async open(login: PresentedLogin, address: string): Promise<{ secret: string; caller: ApiCaller }> {
    // The key is checked in any case: wrong ones must not lock out a right one that comes from the same address.
    const holder = await this.pace.slowed(() => this.holderOf(login, address));
    await this.rateLimit.admitCaller(holder);
    const { secret, expiresAt } = await this.sessions.open(holder);
    const rights = rightsInBrowser(holder.rights);
    return { secret, caller: { ...holder, session: true, rights, expiresAt } };
  }

  private async holderOf(login: PresentedLogin, address: string): Promise<ApiCaller> {
    const holder = await this.presented.holderOf(login);
    if (holder) return holder;
    this.attempts.failed(address);
    throw new EvergrantError('UNAUTHENTICATED');
  }
}
