import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  connectMailbox,
  freePort,
  googleVariables,
  SandboxControl,
  startSandbox,
  until,
  type Sandbox,
} from '../../sandbox/index.js';
import { OAuthClient } from '../../sandbox/testing/oauth-client.js';
import { createTestDatabase, type TestDatabase } from '../setup/index.js';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';
import { queryOnce } from '../harness/database/query-once.js';

export const serviceToken = 'service-token-of-a-deployment-0123456789';
export const adminApiKey = 'operator-key-of-a-deployment-0123456789';
const deploymentClient = {
  clientId: '600000000006-deployment.apps.sandbox.test',
  clientSecret: 'deployment-secret',
};

/** A busy machine takes its time. */
const startLimitMs = 60_000;

export interface TokenAnswer {
  status: number;
  accessToken: string;
  source: string;
  stale: boolean;
  errorCode: string | null;
  requiresReauth?: boolean;
  reason?: string;
}

/** One process of a deployment and the URL it answers on. */
export interface Member {
  process: NodeProcess;
  url: string;
}

/** Several processes of Evergrant over one database and one OAuth service, as in production, with the sandbox as Google. */
export class Deployment {
  readonly google: SandboxControl;
  private readonly members: Member[] = [];
  private readonly folder = temporaryFolder();
  private offsetSeconds = 0;

  private constructor(
    private readonly database: TestDatabase,
    private readonly sandbox: Sandbox,
    private readonly publicPort: number,
    private readonly servicePort: number,
  ) {
    this.google = new SandboxControl(sandbox.controlUrl);
  }

  /** @param database another one than a copy of the migrated template; it is dropped with the deployment */
  static async start(database?: TestDatabase): Promise<Deployment> {
    const publicPort = await freePort();
    const redirectUris = [`http://localhost:${publicPort}/oauth/callback`];
    const sandbox = await startSandbox({
      port: 0,
      stateDir: null,
      clients: [{ ...deploymentClient, redirectUris }],
    });
    return new Deployment(database ?? (await createTestDatabase()), sandbox, publicPort, await freePort());
  }

  /** Google's, for processes that reach it another way. */
  get googleVariables(): Record<string, string> {
    return googleVariables(this.sandbox.endpoints);
  }

  get publicUrl(): string {
    return `http://localhost:${this.publicPort}`;
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  /** The process that people's browsers reach; the others are replicas behind it. */
  publicApi(variables: Record<string, string> = {}): Promise<Member> {
    return this.member('api', this.publicPort, variables);
  }

  async replica(variables: Record<string, string> = {}): Promise<Member> {
    return this.member('api', await freePort(), variables);
  }

  oauthService(variables: Record<string, string> = {}): Promise<Member> {
    return this.member('oauth', this.servicePort, variables);
  }

  /** Another one, beside it, which shares what it knows through the database. */
  async oauthReplica(variables: Record<string, string> = {}): Promise<Member> {
    return this.member('oauth', await freePort(), { DATABASE_URL: this.database.url, ...variables });
  }

  /** A request to refresh a grant of an account of its own, as the OAuth service takes it. */
  async refreshRequest(account: string): Promise<Record<string, string | boolean>> {
    await this.google.addAccount({ email: account });
    const redirectUris = [`http://localhost:${this.publicPort}/oauth/callback`];
    const granted = await new OAuthClient(this.sandbox, { ...deploymentClient, redirectUris }).connect({
      account,
    });
    const { clientId, clientSecret } = deploymentClient;
    const refreshToken = granted.refresh_token ?? '';
    return { provider: 'google', refreshToken, clientId, clientSecret, singleUse: true };
  }

  async stop(): Promise<void> {
    await this.google.clearFaults();
    await this.google.release();
    await this.stopProcesses();
    await this.sandbox.close();
    await this.database.drop();
    this.folder.remove();
  }

  async stopProcesses(): Promise<void> {
    for (const { process } of this.members) await process.stop('SIGKILL');
  }

  /** A connected mailbox of an account of its own; returns the instance's id. */
  async mailbox(api: Member, account: string, apiKey = adminApiKey, settings: object = {}): Promise<string> {
    await this.google.addAccount({ email: account });
    // By default a person is asked about strangers, which is for the tests of that.
    const instance = { name: account, policy: { newRecipients: 'allow' }, ...settings };
    const created = await this.request<{ id: string }>(api, 'POST', '/api/instances', instance, apiKey);
    if (created.status !== 201) throw new Error(`No instance: ${JSON.stringify(created)}`);
    const { id } = created;
    const path = `/api/instances/${id}/start-oauth`;
    const link = await this.request<{ authorizationUrl: string }>(api, 'POST', path, {}, apiKey);
    const { authorizationUrl } = link;
    if (link.status !== 200) throw new Error(`No connect link: ${JSON.stringify(link)}`);
    const end = new URL(await connectMailbox(authorizationUrl, { account }));
    if (end.searchParams.get('connected') !== id) throw new Error(`Not connected: ${end.search}`);
    return id;
  }

  accessToken(api: Member, id: string): Promise<TokenAnswer> {
    return this.request(api, 'GET', `/api/instances/${id}/access-token`);
  }

  /** Asks the provider in any case, or, naming a token that was rejected, for another one. */
  refresh(api: Member, id: string, rejectedToken?: string): Promise<TokenAnswer> {
    const body = rejectedToken === undefined ? undefined : { rejectedToken };
    return this.request(api, 'POST', `/api/instances/${id}/refresh`, body);
  }

  /** Google holds every refresh until it is released. */
  async holdRefreshes(): Promise<void> {
    const match = { grantType: 'refresh_token' };
    await this.google.addFault({ target: 'token', match, fault: { kind: 'hold' } });
  }

  async releaseRefreshes(): Promise<void> {
    await this.google.clearFaults();
    await this.google.release();
  }

  /** Moves the database's clock and Google's. */
  async advance(seconds: number): Promise<void> {
    this.offsetSeconds += seconds;
    await this.sql(
      `CREATE OR REPLACE FUNCTION evergrant_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
       AS 'SELECT now() + make_interval(secs => ${this.offsetSeconds})'`,
    );
    await this.google.advanceClock(seconds);
  }

  sql<Row extends object>(statement: string, parameters: unknown[] = []): Promise<Row[]> {
    return queryOnce(this.database.url, statement, parameters);
  }

  private async member(role: string, port: number, variables: Record<string, string>): Promise<Member> {
    const process = NodeProcess.start([join(repository, 'dist/main.js')], {
      NODE_ENV: 'production',
      ROLES: role,
      [role === 'oauth' ? 'OAUTH_SERVICE_PORT' : 'PORT']: String(port),
      LISTEN_HOST: 'localhost',
      LOG_LEVEL: 'info',
      DATA_DIR: this.folder.path,
      ...(role === 'oauth' ? {} : { DATABASE_URL: this.database.url }),
      PUBLIC_URL: `http://localhost:${this.publicPort}`,
      OAUTH_SERVICE_URL: `http://localhost:${this.servicePort}`,
      OAUTH_SERVICE_TOKEN: serviceToken,
      ADMIN_API_KEY: adminApiKey,
      ENCRYPTION_KEYS: `k:${createHash('sha256').update('a master key of a deployment').digest('base64')}`,
      GOOGLE_CLIENT_ID: deploymentClient.clientId,
      GOOGLE_CLIENT_SECRET: deploymentClient.clientSecret,
      ...googleVariables(this.sandbox.endpoints),
      ...variables,
    });
    const member = { process, url: `http://localhost:${port}` };
    this.members.push(member);
    await until(
      `${role} is ready`,
      async () => {
        if (!process.running) throw new Error(`The ${role} ended:\n${process.stdout}\n${process.stderr}`);
        return (await fetch(`${member.url}/health/ready`).catch(() => null))?.status === 200;
      },
      { limitMs: startLimitMs },
    );
    return member;
  }

  /** A REST call; its answer's fields and its HTTP status. */
  async request<Body>(
    api: Member,
    method: string,
    path: string,
    body?: unknown,
    apiKey = adminApiKey,
  ): Promise<Body & { status: number }> {
    const response = await fetch(api.url + path, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { ...((await response.json()) as Body), status: response.status };
  }
}
