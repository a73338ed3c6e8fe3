import { randomBytes } from 'node:crypto';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { passConsent, startSandbox, type Sandbox } from '../sandbox/index.js';
import { MetricsModule } from '../src/metrics/index.js';
import {
  codeChallenge,
  OAuthModule,
  OAuthServiceClientOptions,
  OAuthServiceStatus,
  ProviderRegistry,
  timeBudget,
  TokenExchange,
} from '../src/oauth/index.js';
import { ResilienceModule } from '../src/resilience/index.js';

const client = { clientId: '900000000009-bench.apps.sandbox.test', clientSecret: 'bench-client-secret' };
const redirectUri = 'http://127.0.0.1/callback';

@Module({})
class BenchModule {}

/** The sandbox as Google, and the product's OAuth module twice in this process: the chain, and straight at Google. */
export class OAuthStage {
  private constructor(
    private readonly sandbox: Sandbox,
    private readonly chained: INestApplicationContext,
    private readonly straight: INestApplicationContext,
  ) {}

  static async start(oauthServiceUrl: string): Promise<OAuthStage> {
    const clients = [{ ...client, redirectUris: [redirectUri] }];
    const sandbox = await startSandbox({ port: 0, stateDir: null, clients });
    const oauthService = new OAuthServiceClientOptions(oauthServiceUrl, 'bench-token', timeBudget.serviceMs);
    const chained = await oauthContext(sandbox, oauthService);
    return new OAuthStage(sandbox, chained, await oauthContext(sandbox, null));
  }

  get chain(): TokenExchange {
    return this.chained.get(TokenExchange, { strict: false });
  }

  get direct(): TokenExchange {
    return this.straight.get(TokenExchange, { strict: false });
  }

  get oauthService(): OAuthServiceStatus {
    return this.chained.get(OAuthServiceStatus, { strict: false });
  }

  /** A refresh token of an account that passed the sandbox's consent page, and the client it belongs to. */
  async grant(): Promise<{ refreshToken: string; client: typeof client }> {
    const codeVerifier = randomBytes(32).toString('base64url');
    const google = this.straight.get(ProviderRegistry, { strict: false }).get('google');
    const authorizationUrl = google.authorizationUrl({
      clientId: client.clientId,
      redirectUri,
      scopes: ['openid', 'email', 'https://www.googleapis.com/auth/gmail.readonly'],
      state: 'bench',
      codeChallenge: await codeChallenge(codeVerifier),
      loginHint: null,
      forceConsent: true,
      chooseAccount: false,
    });
    const code = new URL(await passConsent(authorizationUrl)).searchParams.get('code') ?? '';
    const outcome = await this.direct.exchangeCode({
      provider: 'google',
      ...{ code, codeVerifier, redirectUri, client },
    });
    const refreshToken = outcome.status === 'exchanged' ? outcome.tokens.refreshToken : null;
    if (refreshToken === null) throw new Error(`The sandbox granted nothing: ${outcome.status}`);
    return { refreshToken, client };
  }

  async stop(): Promise<void> {
    await this.chained.close();
    await this.straight.close();
    await this.sandbox.close();
  }
}

function oauthContext(
  { endpoints }: Sandbox,
  oauthService: OAuthServiceClientOptions | null,
): Promise<INestApplicationContext> {
  const { authUrl, tokenUrl, revokeUrl, userinfoUrl } = endpoints;
  const google = { authUrl, tokenUrl, revokeUrl, userinfoUrl };
  const module = {
    module: BenchModule,
    imports: [ResilienceModule, MetricsModule, OAuthModule.forRoot({ google, oauthService })],
  };
  return NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
}
