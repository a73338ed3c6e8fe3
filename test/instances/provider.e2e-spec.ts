import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { passConsent } from '../../sandbox/index.js';
import { ProviderRegistry } from '../../src/oauth/index.js';
import type { OAuthProvider } from '../../src/oauth/oauth-provider.js';
import { GoogleProvider } from '../../src/oauth/providers/google/index.js';
import { refresh } from '../harness/access-tokens.js';
import { TestApp } from '../harness/test-app.js';

const issuer = 'https://accounts.elsewhere.example';
const givenRefreshTokens: string[] = [];

/** Asks Google's stand-in, under a name and an issuer of its own. */
function providerElsewhere(google: GoogleProvider): OAuthProvider {
  return {
    name: 'elsewhere',
    issuer,
    refreshTokenReplay: 'safe',
    authorizationUrl: (request) => google.authorizationUrl(request),
    probeAuthorization: (request) => google.probeAuthorization(request),
    exchangeCode: async (...request) => {
      const outcome = await google.exchangeCode(...request);
      if (outcome.status === 'exchanged') givenRefreshTokens.push(outcome.tokens.refreshToken!);
      return outcome;
    },
    refresh: (...request) => google.refresh(...request),
    account: (accessToken) => google.account(accessToken),
    accountOfIdToken: (...token) => google.accountOfIdToken(...token),
    revoke: (...request) => google.revoke(...request),
    revocationScope: (clientId) => google.revocationScope(clientId),
  };
}

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start(
    {},
    {
      providerRegistry: {
        provide: ProviderRegistry,
        useFactory: (google: GoogleProvider) => new ProviderRegistry([google, providerElsewhere(google)]),
        inject: [GoogleProvider],
      },
    },
  );
});
afterAll(() => app.stop());

/** What the callback says to an answer that claims to be of this issuer. */
async function consentOf(instanceId: string, account: string, iss: string): Promise<URLSearchParams> {
  const { location, cookie } = await app.begin(instanceId);
  const answer = new URL(await passConsent(location, { account }));
  answer.searchParams.set('iss', iss);
  const end = await fetch(answer, { redirect: 'manual', headers: { cookie } });
  return new URL(end.headers.get('location')!).searchParams;
}

async function providersBehind(instanceId: string): Promise<unknown> {
  const [row] = await app.dataSource.query<unknown[]>(
    `SELECT i.provider AS instance, c.provider AS credential, o.provider AS client
     FROM mcp_instances i JOIN mcp_credentials c ON c.id = i.credential_id
     JOIN oauth_clients o ON o.id = c.oauth_client_id WHERE i.id = $1`,
    [instanceId],
  );
  return row;
}

const elsewhere = { instance: 'elsewhere', credential: 'elsewhere', client: 'elsewhere' };

describe('an instance', () => {
  it('is of the first provider unless it names another', async () => {
    const { body } = await app.api('POST', '/api/instances', { name: 'Mailbox' });
    expect(body).toMatchObject({ provider: 'google' });
  });

  it('of a provider that this build does not have is refused', async () => {
    const { status, body } = await app.api('POST', '/api/instances', { name: 'Box', provider: 'nowhere' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errorCode: 'VALIDATION_FAILED', field: 'provider' });
  });

  it('takes the answer to its consent from the issuer of its own provider only', async () => {
    const { id } = await app.createInstance({ provider: 'elsewhere' });
    const refused = await consentOf(id, 'demo@sandbox.test', 'https://accounts.google.com');
    expect(refused.get('error')).toBe('state_expired');
    const accepted = await consentOf(id, 'demo@sandbox.test', issuer);
    expect(accepted.get('connected')).toBe(id);
  });

  it('connects, refreshes and adopts under its own provider', async () => {
    const { id } = await app.createInstance({ provider: 'elsewhere' });
    await consentOf(id, 'sam@sandbox.test', issuer);
    expect(await providersBehind(id)).toEqual(elsewhere);
    expect((await refresh(app, id)).status).toBe(200);

    const adopting = await app.createInstance({ provider: 'elsewhere' });
    const { status } = await app.api('PUT', `/api/instances/${adopting.id}/credentials`, {
      refreshToken: givenRefreshTokens.at(-1),
    });
    expect(status).toBe(200);
    expect(await providersBehind(adopting.id)).toEqual(elsewhere);
  });

  it('keeps the OAuth client that it brings under its own provider', async () => {
    const client = { clientId: 'brought.example', clientSecret: 'brought-secret' };
    const { id } = await app.createInstance({ provider: 'elsewhere', ...client });
    await app.api('PATCH', `/api/instances/${id}`, { clientId: 'another.example', clientSecret: 'secret' });
    const clients = await app.dataSource.query<unknown[]>(
      "SELECT client_id, provider FROM oauth_clients WHERE client_id LIKE '%.example' ORDER BY client_id",
    );
    expect(clients).toEqual([
      { client_id: 'another.example', provider: 'elsewhere' },
      { client_id: 'brought.example', provider: 'elsewhere' },
    ]);
  });
});
