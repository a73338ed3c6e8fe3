import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import type { JWK } from 'jose';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { isSuspended, People } from '../../identity/index.js';
import { Recurrence } from '../../resilience/index.js';
import { SigningKeys } from '../storage/signing-keys.js';
import { personOf } from './account-ids.js';
import { IssuerParts } from './issuer-parts.js';
import { signInAdapter } from './sign-in-adapter.js';
import { SuccessorTokens } from './successor-tokens.js';

const lookForKeysEveryMs = 60_000;

interface Running {
  provider: Provider;
  /** Of the keys that it signs and publishes with, in their order. */
  keyIds: string;
}

/** The authorization server. It is made anew when its signing keys change: all that it knows is in the database. */
@Injectable()
export class Issuer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Issuer.name);
  private readonly recurrence = new Recurrence(lookForKeysEveryMs, () => this.renew());
  private running: Promise<Running> | undefined;

  constructor(
    private readonly parts: IssuerParts,
    private readonly keys: SigningKeys,
    private readonly people: People,
    private readonly successors: SuccessorTokens,
    private readonly dataSource: DataSource,
  ) {}

  onApplicationBootstrap(): void {
    this.recurrence.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.recurrence.stop();
  }

  /** Made at its first use, so that a start does not wait for a key. @throws what the database throws */
  async provider(): Promise<Provider> {
    this.running ??= this.started();
    try {
      return (await this.running).provider;
    } catch (error) {
      this.running = undefined;
      throw error;
    }
  }

  /** Takes other keys into use, as all processes do within a minute. Never rejects. */
  async renew(): Promise<void> {
    if (this.running === undefined) return;
    try {
      const { keyIds } = await this.running;
      const keys = await this.keys.current();
      if (idsOf(keys) !== keyIds) this.running = Promise.resolve(await this.made(keys));
    } catch (cause) {
      this.logger.warn({ msg: 'Signing keys could not be looked for', cause: String(cause) });
    }
  }

  private async started(): Promise<Running> {
    return this.made(await this.keys.current());
  }

  private async made(keys: JWK[]): Promise<Running> {
    const { publicUrl, configuration, stores } = await this.parts.prepare();
    const isTenantSuspended = (tenantId: string) => this.isTenantSuspended(tenantId);
    const provider = new Provider(publicUrl, {
      ...configuration,
      adapter: (model: string) => signInAdapter(model, { ...stores, isSuspended: isTenantSuspended }),
      jwks: { keys },
      findAccount: (_ctx, accountId) => this.account(accountId),
      rotateRefreshToken: async (ctx) => {
        await this.successors.prepare(ctx, presentedRefreshToken(ctx));
        return true;
      },
    });
    provider.proxy = true;
    this.successors.nameTokensOf(provider);
    provider.on('server_error', (_ctx, error: Error) =>
      this.logger.error({ msg: 'The authorization server failed', cause: error.stack ?? String(error) }),
    );
    return { provider, keyIds: idsOf(keys) };
  }

  private async account(accountId: string) {
    const key = personOf(accountId);
    const person = key === null ? null : await this.people.findActive(key.tenantId, key.personId);
    if (person === null) return undefined;
    const claims = () => ({ sub: accountId, email: person.email, email_verified: true });
    return { accountId, claims };
  }

  private async isTenantSuspended(tenantId: string): Promise<boolean> {
    const [found] = await rows<{ suspended: boolean }>(
      this.dataSource,
      `SELECT ${isSuspended('$1::uuid')} AS suspended`,
      [tenantId],
    );
    return found?.suspended ?? false;
  }
}

function presentedRefreshToken({ oidc }: KoaContextWithOIDC): string {
  const token = oidc.entities.RefreshToken?.jti;
  if (token === undefined) throw new Error('No refresh token was presented');
  return token;
}

function idsOf(keys: readonly JWK[]): string {
  return keys.map(({ kid }) => kid).join(' ');
}
