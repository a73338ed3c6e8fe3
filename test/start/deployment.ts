import {
  connectMailbox,
  freePort,
  googleVariables,
  SandboxControl,
  startSandbox,
  until,
  type Sandbox,
} from '../../sandbox/index.js';
import { NodeProcess, repository } from '../harness/node-process.js';
import { queryOnce } from '../harness/database/query-once.js';
import { createTestDatabase, type TestDatabase } from '../setup/index.js';

const adminApiKey = 'operator-key-of-a-deployment-0123456789';
const client = {
  clientId: '200000000003-start.apps.sandbox.test',
  clientSecret: 'client-secret-of-a-deployment',
};

export interface Mailbox {
  id: string;
  mcpUrl: string;
  mcpToken: string;
}

/** Evergrant as a service: every secret given, with a database and a Google that outlive its processes. */
export class Deployment {
  readonly google: SandboxControl;
  readonly url: string;
  private readonly processes: NodeProcess[] = [];

  private constructor(
    private readonly port: number,
    private readonly database: TestDatabase,
    private readonly sandbox: Sandbox,
  ) {
    this.url = `http://localhost:${port}`;
    this.google = new SandboxControl(sandbox.controlUrl);
  }

  static async create(): Promise<Deployment> {
    const port = await freePort();
    const sandbox = await startSandbox({
      port: 0,
      stateDir: null,
      clients: [{ ...client, redirectUris: [`http://localhost:${port}/oauth/callback`] }],
    });
    return new Deployment(port, await createTestDatabase(), sandbox);
  }

  /** Starts the `api` role and waits until it is ready. */
  async start(variables: Record<string, string> = {}): Promise<NodeProcess> {
    const started = NodeProcess.start([`${repository}/dist/main.js`], {
      ROLES: 'api',
      PORT: String(this.port),
      PUBLIC_URL: this.url,
      DATABASE_URL: this.database.url,
      ADMIN_API_KEY: adminApiKey,
      ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 5).toString('base64')}`,
      OAUTH_SERVICE_TOKEN: 'service-token-of-a-deployment-0123456789',
      GOOGLE_CLIENT_ID: client.clientId,
      GOOGLE_CLIENT_SECRET: client.clientSecret,
      ...googleVariables(this.sandbox.endpoints),
      ...variables,
    });
    this.processes.push(started);
    await until('ready', async () => {
      if (!started.running) throw new Error(`The process ended:\n${started.stdout}\n${started.stderr}`);
      return (await fetch(`${this.url}/health/ready`).catch(() => null))?.ok;
    });
    return started;
  }

  /** A REST call with the operator's key. */
  async api(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${adminApiKey}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  async connectedMailbox(): Promise<Mailbox> {
    const created = (await this.api('POST', '/api/instances', { name: 'Mailbox' })).body as Mailbox;
    const start = await this.api('POST', `/api/instances/${created.id}/start-oauth`, {});
    await connectMailbox((start.body as { authorizationUrl: string }).authorizationUrl);
    return created;
  }

  /** Lets the leases of processes that were killed lapse at once, instead of after 30 seconds. */
  async endLeases(): Promise<void> {
    await queryOnce(this.database.url, 'UPDATE mcp_credentials SET lease_expires_at = evergrant_now()');
  }

  async remove(): Promise<void> {
    for (const started of this.processes) await started.stop('SIGKILL');
    await this.sandbox.close();
    await this.database.drop();
  }
}
