import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { readOrGenerateSecret } from '../../config/index.js';
import { EmbeddedPostgresFailure } from './failure.js';
import { postgresBinaries } from './binaries.js';
import { createCluster } from './cluster.js';
import { LaunchMode } from './launch-mode.js';
import { Participation } from './participation.js';
import { Server } from './server.js';

interface EmbeddedPostgresOptions {
  /** Evergrant's `DATA_DIR`; processes with the same one share a server. */
  dataDir: string;
  log: (line: string) => void;
  /** PostgreSQL settings, `name=value`, for whoever starts the server. */
  settings?: readonly string[];
  launchMode?: LaunchMode;
}

const joinLimitMs = 60_000;
const rejoinPauseMs = 200;
const leaveLimitMs = 15_000;

/**
 * A real PostgreSQL that lives in `DATA_DIR` and listens on loopback only. Processes share it; the last one that
 * leaves stops it; one that dies under them is started again on the same port.
 */
export class EmbeddedPostgres {
  private readonly leaving = new AbortController();
  private rejoining: Promise<void> = Promise.resolve();

  private constructor(
    private readonly server: Server,
    private readonly options: EmbeddedPostgresOptions,
    private readonly password: string,
    private membership: { url: string; participation: Participation },
  ) {
    this.watch();
  }

  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const dataDir = resolve(options.dataDir);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const mode = options.launchMode ?? LaunchMode.choose();
    mode.openPath(dataDir);
    const binaries = postgresBinaries(mode, dataDir);
    const password = readOrGenerateSecret(join(dataDir, 'postgres-password'), () =>
      randomBytes(24).toString('base64url'),
    );
    createCluster(mode, binaries, dataDir, password);
    const server = new Server(mode, binaries, dataDir, options.settings ?? []);
    const membership = await enter(server, password);
    writeFileSync(urlFile(dataDir), `${membership.url}\n`, { mode: 0o600 });
    return new EmbeddedPostgres(server, { ...options, dataDir }, password, membership);
  }

  get url(): string {
    return this.membership.url;
  }

  /** Leaves the server, and stops it when nobody else uses it. May be called more than once. */
  async leave(): Promise<void> {
    if (this.leaving.signal.aborted) return;
    this.leaving.abort();
    await Promise.race([this.rejoining, pause(leaveLimitMs, undefined, { ref: false })]);
    const { participation } = this.membership;
    if (await participation.leave()) {
      rmSync(urlFile(this.options.dataDir), { force: true });
      await this.server.stop();
    }
    await participation.end();
  }

  private watch(): void {
    this.membership.participation.onLost(() => {
      this.options.log('The embedded PostgreSQL went away; starting it again');
      this.rejoining = this.rejoin();
    });
  }

  private async rejoin(): Promise<void> {
    while (!this.leaving.signal.aborted) {
      try {
        this.membership = await enter(this.server, this.password);
        this.watch();
        return;
      } catch (error) {
        this.options.log(`The embedded PostgreSQL is not back yet: ${String(error)}`);
        await pause(rejoinPauseMs);
      }
    }
  }
}

/** Adopts or starts the server and joins it; one that is being stopped is waited for and started anew. */
async function enter(
  server: Server,
  password: string,
): Promise<{ url: string; participation: Participation }> {
  const giveUpAt = performance.now() + joinLimitMs;
  while (performance.now() < giveUpAt) {
    const { port } = await server.ensureRunning();
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    const participation = await Participation.join(url);
    if (participation) return { url, participation };
    await pause(rejoinPauseMs);
  }
  throw new EmbeddedPostgresFailure(
    'The embedded PostgreSQL runs but lets nobody in; see postgres.log in DATA_DIR',
  );
}

function urlFile(dataDir: string): string {
  return join(dataDir, 'database-url');
}
