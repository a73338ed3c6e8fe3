import pMap from 'p-map';
import { GrantRecorder, OAuthClients } from '../../src/credentials/index.js';
import { sandboxClientId, type TestApp } from '../harness/test-app.js';

const recordedAtOnce = 8;
const scopes = ['https://www.googleapis.com/auth/gmail.readonly'];
const tokenLifeSeconds = 3_599;

export interface ManyGrants {
  accounts: string[];
  /** One for each account. */
  instanceIds: string[];
}

/** Grants of many people, spread over the tenants, as their consents would have left them: each with an instance. */
export async function manyGrants(app: TestApp, count: number, tenantNames: string[]): Promise<ManyGrants> {
  const accounts = Array.from({ length: count }, (_, n) => `many${n}@sandbox.test`);
  const { refreshTokens } = await app.google.grantMany({ accounts, clientId: sandboxClientId, scopes });
  const tenantIds = await Promise.all(tenantNames.map((name) => tenantId(app, name)));
  const oauthClientId = await app.part(OAuthClients).deploymentClient('google');
  const instanceIds = await pMap(
    accounts,
    async (account, n) => {
      const tenant = tenantIds[n % tenantIds.length]!;
      const credentialId = await record(app, {
        ...{ tenantId: tenant, oauthClientId, account },
        refreshToken: refreshTokens[n]!,
      });
      const [instance] = await app.dataSource.query<{ id: string }[]>(
        `INSERT INTO mcp_instances (tenant_id, name, scopes, credential_id) VALUES ($1, $2, $3, $4) RETURNING id`,
        [tenant, account, scopes, credentialId],
      );
      return instance!.id;
    },
    { concurrency: recordedAtOnce },
  );
  return { accounts, instanceIds };
}

async function tenantId(app: TestApp, name: string): Promise<string> {
  if (name !== 'default') await app.api('POST', '/api/tenants', { name });
  const [tenant] = await app.dataSource.query<{ id: string }[]>('SELECT id FROM tenants WHERE name = $1', [
    name,
  ]);
  return tenant!.id;
}

async function record(
  app: TestApp,
  grant: { tenantId: string; oauthClientId: string; account: string; refreshToken: string },
): Promise<string> {
  const recorder = app.part(GrantRecorder);
  const { tenantId, oauthClientId, account, refreshToken } = grant;
  const prepared = await recorder.prepare({
    ...{ event: 'consent', tenantId, oauthClientId, provider: 'google', grantedScopes: scopes },
    ...{ subject: account, email: account },
    tokens: {
      ...{ accessToken: `of ${account}`, tokenType: 'Bearer', expiresInSeconds: tokenLifeSeconds, scopes },
      ...{ refreshToken, refreshTokenExpiresInSeconds: null },
    },
  });
  const id = await app.dataSource.transaction((executor) => recorder.record(executor, prepared));
  if (id === null) throw new Error('The grant was not stored');
  return id;
}
