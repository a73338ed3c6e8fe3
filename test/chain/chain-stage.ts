import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test, type TestingModule } from '@nestjs/testing';
import { googleVariables, SandboxControl, startSandbox, type Sandbox } from '../../sandbox/index.js';
import { OAuthClient } from '../../sandbox/testing/oauth-client.js';
import { loadEnvironment } from '../../src/config/index.js';
import { MetricsModule } from '../../src/metrics/index.js';
import {
  ExchangeEvents,
  OAuthModule,
  OAuthServiceClientOptions,
  OAuthServiceStatus,
  timeBudget,
  TokenExchange,
  type ExchangeRecord,
  type RefreshRequest,
} from '../../src/oauth/index.js';
import { ResilienceModule } from '../../src/resilience/index.js';
import { captureLog } from '../harness/captured-log.js';
import { oauthServiceToken, startService } from '../harness/oauth/oauth-service.js';
import { ServiceWire } from '../harness/oauth/service-wire.js';

const client = {
  clientId: '700000000007-chain.apps.sandbox.test',
  clientSecret: 'canary-chain-secret',
  redirectUris: ['http://127.0.0.1/callback'],
};

/** The sandbox Google, the OAuth service as it is deployed, a breakable wire to it, and the chain before that. */
export class ChainStage {
  readonly google: SandboxControl;
  readonly outcomes: ExchangeRecord[] = [];
  readonly fallbacks: string[] = [];
  private accounts = 0;
  private serviceStopped: Promise<void> | undefined;

  private constructor(
    readonly wire: ServiceWire,
    private readonly sandbox: Sandbox,
    private readonly service: NestFastifyApplication,
    private readonly chain: TestingModule,
    /** Every line that was logged. */
    readonly log: string[],
  ) {
    this.google = new SandboxControl(sandbox.controlUrl);
    const events = chain.get(ExchangeEvents);
    events.onOutcome((record) => this.outcomes.push(record));
    events.onFallback(({ reason }) => this.fallbacks.push(reason));
  }

  /** `secret` is what the chain shares with the service; at `serviceUrl` it meets something else. */
  static async start({
    timeoutMs = timeBudget.serviceMs,
    secret = oauthServiceToken,
    serviceUrl: elsewhere,
  }: { timeoutMs?: number; secret?: string; serviceUrl?: string } = {}): Promise<ChainStage> {
    const sandbox = await startSandbox({ port: 0, stateDir: null, clients: [client] });
    const { authUrl, tokenUrl, revokeUrl, userinfoUrl } = sandbox.endpoints;
    const { logger, lines: log } = captureLog('trace');
    const environment = loadEnvironment({
      ROLES: 'oauth',
      OAUTH_SERVICE_TOKEN: oauthServiceToken,
      ...googleVariables(sandbox.endpoints),
      GOOGLE_CLIENT_ID: client.clientId,
      GOOGLE_CLIENT_SECRET: client.clientSecret,
      LOG_LEVEL: 'trace',
    });
    const service = await startService(environment, logger);
    const serviceUrl = await service.getUrl();
    const wire = await ServiceWire.start(() => serviceUrl);
    const chain = await Test.createTestingModule({
      imports: [
        ResilienceModule,
        MetricsModule,
        OAuthModule.forRoot({
          google: { authUrl, tokenUrl, revokeUrl, userinfoUrl },
          oauthService: new OAuthServiceClientOptions(elsewhere ?? wire.url, secret, timeoutMs),
        }),
      ],
    })
      .setLogger(logger)
      .compile();
    return new ChainStage(wire, sandbox, service, chain, log);
  }

  get exchange(): TokenExchange {
    return this.chain.get(TokenExchange);
  }

  get status(): OAuthServiceStatus {
    return this.chain.get(OAuthServiceStatus);
  }

  serviceUrl(): Promise<string> {
    return this.service.getUrl();
  }

  /** Closes the service, as SIGTERM does. */
  stopService(): Promise<void> {
    return (this.serviceStopped ??= this.service.close());
  }

  /** A grant of an account and under a client of its own, and a request to refresh it. */
  async grant(changes: Partial<RefreshRequest> = {}): Promise<RefreshRequest & { account: string }> {
    const account = `chain${++this.accounts}@sandbox.test`;
    await this.google.addAccount({ email: account });
    const own = { ...client, clientId: `${this.accounts}${client.clientId}` };
    await this.google.registerClient(own);
    const { refresh_token: refreshToken = '' } = await new OAuthClient(this.sandbox, own).connect({
      account,
    });
    const { clientId, clientSecret } = own;
    return {
      provider: 'google',
      attemptId: randomUUID(),
      refreshToken,
      client: { clientId, clientSecret },
      singleUse: false,
      account,
      ...changes,
    };
  }

  /** A code to redeem, with all that belongs to it. */
  async code() {
    const browser = new OAuthClient(this.sandbox, client);
    const code = (await browser.consent()).get('code') ?? '';
    const { clientId, clientSecret, redirectUris } = client;
    const redirectUri = redirectUris[0] ?? '';
    return {
      provider: 'google' as const,
      ...{ code, codeVerifier: browser.verifier, redirectUri },
      client: { clientId, clientSecret },
    };
  }

  async reset(): Promise<void> {
    this.wire.mend();
    this.outcomes.length = 0;
    this.fallbacks.length = 0;
    await this.google.clearFaults();
    await this.google.configure({ rotation: 'none' });
  }

  async stop(): Promise<void> {
    await this.chain.close();
    await this.wire.close();
    // Before the service, which would wait for what the sandbox never answers.
    await this.sandbox.close();
    await this.stopService();
  }
}
