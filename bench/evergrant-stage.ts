import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMailbox, freePort } from '../sandbox/index.js';
import { ChildProcess } from './child-process.js';

/** A tenant, and what a program of its own sends with every request. */
export interface BenchTenant {
  name: string;
  headers: { authorization: string };
}

/** The whole application in the role `api`, on an embedded PostgreSQL, with the sandbox as Google. */
export class EvergrantStage {
  private constructor(
    private readonly process: ChildProcess,
    private readonly dataDir: string,
    private readonly operatorKey: string,
  ) {}

  static async start(): Promise<EvergrantStage> {
    const dataDir = await mkdtemp(join(tmpdir(), 'evergrant-bench-'));
    const [port, sandboxPort] = [await freePort(), await freePort()];
    const url = `http://localhost:${port}`;
    const process = await ChildProcess.start('main.js', url, '/health/ready', {
      ROLES: 'api',
      PORT: String(port),
      // There is no person: consent goes straight to the sandbox, and what is measured needs neither.
      OAUTH_SERVICE_URL: `http://localhost:${await freePort()}`,
      SANDBOX_PORT: String(sandboxPort),
      DATA_DIR: dataDir,
      RATE_LIMIT_PER_MINUTE: '0',
      // Counted, and never reached.
      GMAIL_QUOTA_UNITS_PER_MINUTE: '1000000000',
      LOG_LEVEL: 'info',
    });
    const operatorKey = (await readFile(join(dataDir, 'admin-api-key'), 'utf8')).trim();
    return new EvergrantStage(process, dataDir, operatorKey);
  }

  get url(): string {
    return this.process.url;
  }

  async databaseUrl(): Promise<string> {
    return (await readFile(join(this.dataDir, 'database-url'), 'utf8')).trim();
  }

  /** A tenant whose key has the rights to read, and to get access tokens. */
  async tenant(name: string): Promise<BenchTenant> {
    const operator = { authorization: `Bearer ${this.operatorKey}` };
    const { id } = await this.post<{ id: string }>('/api/tenants', operator, { name });
    const { apiKey } = await this.post<{ apiKey: string }>(`/api/tenants/${id}/api-keys`, operator, {
      name: 'bench',
      rights: ['instances:read', 'instances:write', 'access-tokens:read'],
    });
    return { name, headers: { authorization: `Bearer ${apiKey}` } };
  }

  /** The id of a new instance whose mailbox's owner passed the consent page. */
  async connectedInstance({ headers }: BenchTenant): Promise<string> {
    const { id } = await this.post<{ id: string }>('/api/instances', headers, { name: 'Mailbox' });
    const path = `/api/instances/${id}/start-oauth`;
    const { authorizationUrl } = await this.post<{ authorizationUrl: string }>(path, headers, {});
    const end = new URL(await connectMailbox(authorizationUrl));
    if (end.searchParams.get('connected') !== id) throw new Error(`Not connected: ${end.search}`);
    return id;
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 3 });
  }

  private async post<Body>(path: string, headers: BenchTenant['headers'], body: object): Promise<Body> {
    const answer = await fetch(this.url + path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  }
}
