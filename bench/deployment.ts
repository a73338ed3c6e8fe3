import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { endpointsAt, freePort, googleVariables, SandboxControl } from '../sandbox/index.js';
import { EmbeddedPostgres, migrateDatabase } from '../src/database/index.js';
import { ChildProcess } from './child-process.js';

const client = { clientId: '900000000010-bench.apps.sandbox.test', clientSecret: 'bench-client-secret' };
const redirectUri = 'http://localhost/oauth/callback';
export const operatorKey = 'operator-key-of-a-bench-0123456789abcdef';

/** Processes of Evergrant as in production, over one PostgreSQL, with the sandbox as Google in a process of its own. */
export class Deployment {
  readonly client = client;
  readonly redirectUri = redirectUri;
  readonly google: SandboxControl;
  private readonly members: ChildProcess[] = [];
  private offsetSeconds = 0;

  private constructor(
    private readonly dataDir: string,
    private readonly below: { postgres: EmbeddedPostgres; sandbox: ChildProcess },
    /** To look at the database from outside, and to put it into a state. */
    readonly database: pg.Client,
    readonly googleUrl: string,
    private readonly servicePort: number,
  ) {
    this.google = new SandboxControl(below.sandbox.url);
  }

  /** @param settings of PostgreSQL, `name=value` */
  static async start(settings: readonly string[] = []): Promise<Deployment> {
    const dataDir = await mkdtemp(join(tmpdir(), 'evergrant-bench-'));
    const postgres = await EmbeddedPostgres.start({ dataDir, settings, log: () => undefined });
    await migrateDatabase(postgres.url);
    const database = new pg.Client({ connectionString: postgres.superuserUrl });
    await database.connect();
    const [port, controlPort] = [await freePort(), await freePort()];
    const config = join(dataDir, 'sandbox.json');
    const clients = [{ ...client, redirectUris: [redirectUri] }];
    await writeFile(config, JSON.stringify({ port, controlPort, clients }));
    const controlUrl = `http://127.0.0.1:${controlPort}`;
    const sandbox = await ChildProcess.start('sandbox/main.js', controlUrl, '/clock', {}, [
      '--config',
      config,
    ]);
    return new Deployment(
      dataDir,
      { postgres, sandbox },
      database,
      `http://127.0.0.1:${port}`,
      await freePort(),
    );
  }

  get databaseUrl(): string {
    return this.below.postgres.url;
  }

  get superuserUrl(): string {
    return this.below.postgres.superuserUrl;
  }

  get postgresLog(): string {
    return join(this.dataDir, 'postgres.log');
  }

  oauthService(): Promise<ChildProcess> {
    return this.member('oauth', this.servicePort, this.databaseUrl);
  }

  /** @param changes of its environment */
  async api(changes: Record<string, string> = {}): Promise<ChildProcess> {
    return this.member('api', await freePort(), this.databaseUrl, changes);
  }

  /** With the small young generation that `docker-compose.yml` gives a refresher. */
  async refresher(databaseUrl = this.databaseUrl): Promise<ChildProcess> {
    return this.member('refresher', await freePort(), databaseUrl, {
      NODE_OPTIONS: '--max-semi-space-size=8',
    });
  }

  /** The environment of a process with these roles. */
  variables(roles: string, port: number, databaseUrl = this.databaseUrl): Record<string, string> {
    return {
      NODE_ENV: 'production',
      ROLES: roles,
      [roles === 'oauth' ? 'OAUTH_SERVICE_PORT' : 'PORT']: String(port),
      LISTEN_HOST: 'localhost',
      DATA_DIR: this.dataDir,
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: `http://localhost:${port}`,
      OAUTH_SERVICE_URL: `http://localhost:${this.servicePort}`,
      OAUTH_SERVICE_TOKEN: 'service-token-of-a-bench-0123456789abcdef',
      ADMIN_API_KEY: operatorKey,
      ENCRYPTION_KEYS: `k:${createHash('sha256').update('a master key of a bench').digest('base64')}`,
      GOOGLE_CLIENT_ID: client.clientId,
      GOOGLE_CLIENT_SECRET: client.clientSecret,
      ...googleVariables(endpointsAt(this.googleUrl)),
      RATE_LIMIT_PER_MINUTE: '0',
      // Counted, and never reached.
      GMAIL_QUOTA_UNITS_PER_MINUTE: '1000000000',
    };
  }

  /** Moves the database's clock and Google's; what processes hold in memory goes by their own. */
  async advance(seconds: number): Promise<void> {
    this.offsetSeconds += seconds;
    await this.database.query(
      `CREATE OR REPLACE FUNCTION evergrant_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
       AS 'SELECT now() + make_interval(secs => ${this.offsetSeconds})'`,
    );
    await this.google.advanceClock(seconds);
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => member.stop()));
    await this.below.sandbox.stop();
    await this.database.end();
    await this.below.postgres.leave();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 3 });
  }

  private async member(
    role: string,
    port: number,
    databaseUrl: string,
    changes: Record<string, string> = {},
  ): Promise<ChildProcess> {
    const url = `http://localhost:${port}`;
    const variables = { ...this.variables(role, port, databaseUrl), ...changes };
    const member = await ChildProcess.start('main.js', url, '/health/ready', variables);
    this.members.push(member);
    return member;
  }
}
