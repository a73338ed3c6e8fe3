import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import pMap from 'p-map';
import { DataSource } from 'typeorm';
import { freePort, passConsent } from '../sandbox/index.js';
import { AppModule } from '../src/app.module.js';
import { loadEnvironment } from '../src/config/index.js';
import { GrantRecorder, OAuthClients } from '../src/credentials/index.js';
import { codeChallenge, ProviderRegistry, TokenExchange, type TokenSet } from '../src/oauth/index.js';
import type { Deployment } from './deployment.js';

export interface RealCredential {
  id: string;
  /** As Google gave it. */
  refreshToken: string;
}

/** Google's cap of live refresh tokens for one account and client. */
const grantsOfAnAccount = 100;
const consentsAtOnce = 8;
// Without an identity scope the sandbox signs no id_token, which would be most of its work.
const scopes = ['https://www.googleapis.com/auth/gmail.readonly'];

/**
 * Credentials of the tenant `default` as consent leaves them: granted by the sandbox, sealed and stored by the product.
 * No account is named, so each stands for itself.
 */
export async function realCredentials(
  deployment: Deployment,
  count: number,
  databaseUrl = deployment.databaseUrl,
): Promise<RealCredential[]> {
  const environment = loadEnvironment(deployment.variables('api', await freePort(), databaseUrl));
  const product = await NestFactory.createApplicationContext(
    AppModule.forDatabaseRoles(environment, databaseUrl),
    { logger: false, abortOnError: false },
  );
  const part = product.get.bind(product);
  const google = part(ProviderRegistry, { strict: false }).get('google');
  const exchange = part(TokenExchange, { strict: false });
  const recorder = part(GrantRecorder, { strict: false });
  const dataSource = part(DataSource, { strict: false });

  async function consent(account: string): Promise<TokenSet> {
    const codeVerifier = randomBytes(32).toString('base64url');
    const { client, redirectUri } = deployment;
    const authorizationUrl = google.authorizationUrl({
      ...{ clientId: client.clientId, redirectUri, scopes, state: 'bench' },
      ...{ forceConsent: true, chooseAccount: false },
      codeChallenge: await codeChallenge(codeVerifier),
      loginHint: account,
    });
    const code = new URL(await passConsent(authorizationUrl, { account })).searchParams.get('code') ?? '';
    const request = { provider: 'google', code, codeVerifier, redirectUri, client } as const;
    const outcome = await exchange.exchangeCode(request);
    if (outcome.status !== 'exchanged') throw new Error(`The sandbox granted nothing: ${outcome.reason}`);
    return outcome.tokens;
  }

  try {
    const oauthClientId = await part(OAuthClients, { strict: false }).deploymentClient('google');
    const [tenant] = await dataSource.query<{ id: string }[]>(
      "SELECT id FROM tenants WHERE name = 'default'",
    );
    const accounts = Array.from(
      { length: Math.ceil(count / grantsOfAnAccount) },
      (_, n) => `bench${n}@sandbox.test`,
    );
    for (const email of accounts) await deployment.google.addAccount({ email });
    const numbers = Array.from({ length: count }, (_, n) => n);
    return await pMap(
      numbers,
      async (n) => {
        const tokens = await consent(accounts[n % accounts.length] ?? '');
        const prepared = await recorder.prepare({
          ...{ event: 'consent', tenantId: tenant?.id ?? '', oauthClientId, provider: 'google', tokens },
          ...{ subject: null, email: null, grantedScopes: scopes },
        });
        const id = await dataSource.transaction((executor) => recorder.record(executor, prepared));
        if (id === null || tokens.refreshToken === null) throw new Error('A grant was not stored');
        return { id, refreshToken: tokens.refreshToken };
      },
      { concurrency: consentsAtOnce },
    );
  } finally {
    await product.close();
  }
}
