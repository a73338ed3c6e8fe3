import type { Adapter, AdapterPayload } from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { PersonAuthorizations, PersonTokens } from '../../identity/index.js';
import type { SignInClients } from '../storage/sign-in-clients.js';
import type { FoundRecord, SignInRecords } from '../storage/sign-in-records.js';
import { personOf } from './account-ids.js';
import type { AuthorizationEnds } from './authorization-ends.js';
import { lives, rotationGraceSeconds } from './lives.js';
import { asUnavailable, tenantIsSuspended } from './temporarily-unavailable.js';

export interface AdapterStores {
  records: SignInRecords;
  clients: SignInClients;
  tokens: PersonTokens;
  authorizations: PersonAuthorizations;
  ends: AuthorizationEnds;
  isSuspended: (tenantId: string) => Promise<boolean>;
}

/** Where oidc-provider keeps one of its models. A database that is out of reach is told as such, and never as absence. */
export function signInAdapter(model: string, stores: AdapterStores): Adapter {
  const adapters: Partial<Record<string, () => StoredModel>> = {
    Client: () => new ClientModel(model, stores),
    Session: () => new SessionModel(model, stores),
    Grant: () => new GrantModel(model, stores),
    AccessToken: () => new AccessTokenModel(model, stores),
    RefreshToken: () => new RefreshTokenModel(model, stores),
    AuthorizationCode: () => new AuthorizationCodeModel(model, stores),
  };
  return classified(adapters[model]?.() ?? new StoredModel(model, stores));
}

/** What is kept for its time and no longer, such as an interaction. */
class StoredModel implements Adapter {
  constructor(
    protected readonly model: string,
    protected readonly stores: AdapterStores,
  ) {}

  async upsert(id: string, payload: AdapterPayload, lifeSeconds: number): Promise<void> {
    await this.stores.records.put(this.record(id, payload, lifeSeconds));
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const found = await this.stores.records.find(this.model, id);
    return found === null ? undefined : this.payloadOf(id, found);
  }

  async consume(id: string): Promise<void> {
    await this.stores.records.consume(this.model, id);
  }

  async destroy(id: string): Promise<void> {
    await this.stores.records.delete(this.model, id);
  }

  findByUid(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** What was issued goes with its grant. */
  revokeByGrantId(): Promise<void> {
    return Promise.resolve();
  }

  protected record(id: string, { jti: _jti, ...payload }: AdapterPayload, lifeSeconds: number) {
    const { grantId, accountId } = payload;
    const person = typeof accountId === 'string' ? personOf(accountId) : null;
    return {
      ...{ model: this.model, id, payload, lifeSeconds },
      authorizationId: this.model === 'Interaction' ? null : (grantId ?? null),
      tenantId: person?.tenantId ?? null,
    };
  }

  /** The clock of the database decides: what oidc-provider compares with its own is made from that. */
  protected payloadOf(id: string, { payload, remainingSeconds }: FoundRecord): AdapterPayload {
    return { ...payload, jti: id, exp: Math.floor(Date.now() / 1000 + remainingSeconds) };
  }
}

/** Each authorization begins anew; who is signed in, the session of the person tells. */
class SessionModel extends StoredModel {
  override upsert(): Promise<void> {
    return Promise.resolve();
  }

  override find(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  override destroy(): Promise<void> {
    return Promise.resolve();
  }
}

class ClientModel extends StoredModel {
  override async upsert(id: string, payload: AdapterPayload): Promise<void> {
    await this.stores.clients.put(id, payload);
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    return (await this.stores.clients.find(id)) ?? undefined;
  }

  override async destroy(id: string): Promise<void> {
    await this.stores.clients.delete(id);
  }
}

/** An authorization is there as long as the person's book has it, and holds what that says: a person may widen it there. */
class GrantModel extends StoredModel {
  override async upsert(id: string, payload: AdapterPayload): Promise<void> {
    const record = this.record(id, payload, lives.unusedAuthorization);
    await this.stores.records.put({ ...record, authorizationId: id });
  }

  /** @throws TemporarilyUnavailable while the tenant is suspended: nothing of its people's ends for that */
  override async find(id: string): Promise<AdapterPayload | undefined> {
    const payload = await super.find(id);
    const authorization = payload === undefined ? null : await this.stores.authorizations.find(id);
    if (authorization === null) return undefined;
    if (await this.stores.isSuspended(authorization.tenantId)) throw tenantIsSuspended();
    return payload === undefined ? undefined : holding(payload, authorization.scopes);
  }

  override async destroy(id: string): Promise<void> {
    await this.stores.ends.end(id);
  }
}

class AccessTokenModel extends StoredModel {
  override async upsert(token: string, payload: AdapterPayload, lifeSeconds: number): Promise<void> {
    const { grantId, scope, aud, clientId } = payload;
    if (grantId === undefined || typeof aud !== 'string')
      throw new Error('An access token is for one resource');
    const scopes = (scope ?? '').split(' ');
    await this.stores.tokens.store(token, { authorizationId: grantId, scopes, resource: aud, lifeSeconds });
    if (clientId !== undefined) await this.stores.clients.recordUse(clientId);
  }

  override async find(token: string): Promise<AdapterPayload | undefined> {
    const found = await this.stores.tokens.verify(token);
    if (found === null) return undefined;
    return {
      ...{ kind: 'AccessToken', jti: token, clientId: found.clientId, grantId: found.authorizationId },
      exp: Math.floor(found.expiresAt.getTime() / 1000),
    };
  }

  override async destroy(token: string): Promise<void> {
    await this.stores.tokens.revoke(token);
  }
}

class RefreshTokenModel extends StoredModel {
  /** A successor follows from its predecessor: of several requests with that, all come to the same. */
  override async upsert(id: string, payload: AdapterPayload, lifeSeconds: number): Promise<void> {
    await this.stores.records.add(this.record(id, payload, lifeSeconds));
    if (payload.grantId !== undefined) await this.stores.records.prolong(payload.grantId, lifeSeconds);
  }

  /** For as much as its authorization holds now (see `GrantModel`), which may be more than when it was issued. */
  override async find(id: string): Promise<AdapterPayload | undefined> {
    const payload = await super.find(id);
    const { grantId, scope = '' } = payload ?? {};
    const authorization = grantId === undefined ? null : await this.stores.authorizations.find(grantId);
    if (payload === undefined || authorization === null) return payload;
    return { ...payload, scope: [...new Set([...scope.split(' '), ...authorization.scopes])].join(' ') };
  }

  protected override payloadOf(id: string, found: FoundRecord): AdapterPayload {
    const { consumedSeconds } = found;
    const isSpent = consumedSeconds !== null && consumedSeconds > rotationGraceSeconds;
    return { ...super.payloadOf(id, found), ...(isSpent ? { consumed: true } : {}) };
  }
}

class AuthorizationCodeModel extends StoredModel {
  protected override payloadOf(id: string, found: FoundRecord): AdapterPayload {
    const isSpent = found.consumedSeconds !== null;
    return { ...super.payloadOf(id, found), ...(isSpent ? { consumed: true } : {}) };
  }

  /** @throws InvalidGrant where another request with the same code was first (RFC 6749, section 4.1.2) */
  override async consume(id: string): Promise<void> {
    if (await this.stores.records.consume(this.model, id)) return;
    const found = await this.stores.records.find(this.model, id);
    const { grantId } = found?.payload ?? {};
    if (typeof grantId === 'string') await this.stores.ends.end(grantId, 'code_replayed');
    throw new errors.InvalidGrant('authorization code already consumed');
  }
}

/** A grant of oidc-provider's, for whichever resource it is, with these scopes there. */
function holding(payload: AdapterPayload, scopes: readonly string[]): AdapterPayload {
  const resources = Object.keys(payload.resources ?? {});
  return { ...payload, resources: Object.fromEntries(resources.map((each) => [each, scopes.join(' ')])) };
}

/** With faults in the words of {@link asUnavailable}. */
function classified(adapter: StoredModel): Adapter {
  const guard =
    <Args extends unknown[], Result>(method: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      try {
        return await method.apply(adapter, args);
      } catch (thrown) {
        throw asUnavailable(thrown);
      }
    };
  return {
    upsert: guard((id: string, payload: AdapterPayload, seconds: number) =>
      adapter.upsert(id, payload, seconds),
    ),
    find: guard((id: string) => adapter.find(id)),
    consume: guard((id: string) => adapter.consume(id)),
    destroy: guard((id: string) => adapter.destroy(id)),
    findByUid: guard(() => adapter.findByUid()),
    findByUserCode: guard(() => adapter.findByUserCode()),
    revokeByGrantId: guard(() => adapter.revokeByGrantId()),
  };
}
