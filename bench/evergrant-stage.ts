import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ChildProcess } from './child-process.js';

const connectLimitMs = 60_000;
const pollMs = 100;

interface ConnectedInstance {
  id: string;
}

/** The whole application as `npm start` runs it: embedded PostgreSQL, sandbox Google, the demo mailbox connected. */
export class EvergrantStage {
  private constructor(
    private readonly process: ChildProcess,
    private readonly dataDir: string,
    private readonly operatorKey: string,
  ) {}

  static async start(): Promise<EvergrantStage> {
    const dataDir = await mkdtemp(join(tmpdir(), 'evergrant-bench-'));
    const [port, oauthPort, sandboxPort] = [await freePort(), await freePort(), await freePort()];
    const url = `http://localhost:${port}`;
    const process = await ChildProcess.start('src/main.js', url, '/health/ready', {
      PORT: String(port),
      OAUTH_SERVICE_PORT: String(oauthPort),
      OAUTH_SERVICE_URL: `http://localhost:${oauthPort}`,
      SANDBOX_PORT: String(sandboxPort),
      DATA_DIR: dataDir,
      RATE_LIMIT_PER_MINUTE: '0',
      LOG_LEVEL: 'info',
    });
    const operatorKey = (await readFile(join(dataDir, 'admin-api-key'), 'utf8')).trim();
    return new EvergrantStage(process, dataDir, operatorKey);
  }

  get url(): string {
    return this.process.url;
  }

  /** As the operator in the tenant `default`. */
  get headers(): { authorization: string } {
    return { authorization: `Bearer ${this.operatorKey}` };
  }

  async databaseUrl(): Promise<string> {
    return (await readFile(join(this.dataDir, 'database-url'), 'utf8')).trim();
  }

  /** The demo mailbox, which the start connects. */
  async connectedInstance(): Promise<ConnectedInstance> {
    const giveUpAtMs = performance.now() + connectLimitMs;
    while (performance.now() < giveUpAtMs) {
      const answer = await fetch(`${this.url}/api/instances?status=completed`, { headers: this.headers });
      const { items } = (await answer.json()) as { items: ConnectedInstance[] };
      if (items[0]) return items[0];
      await pause(pollMs);
    }
    throw new Error('The demo mailbox was not connected');
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
