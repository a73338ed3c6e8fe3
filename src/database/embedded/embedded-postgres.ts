import { randomBytes } from 'node:crypto';
import { realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeDirectory, readOrGenerateSecret } from '../../config/index.js';
import { postgresBinaries } from './binaries.js';
import { createCluster } from './cluster.js';
import { EmbeddedPostgresFailure } from './failure.js';
import { LaunchMode } from './launch-mode.js';
import { ownerUrl, prepareOwner, superuserUrl, type Passwords } from './owner.js';
import { Participation } from './participation.js';
import { Server } from './server.js';

interface EmbeddedPostgresOptions {
  /** Evergrant's `DATA_DIR`; processes with the same one share a server. */
  dataDir: string;
  log: (line: string) => void;
  /** PostgreSQL settings, `name=value`, for the process that starts the server. */
  settings?: readonly string[];
  launchMode?: LaunchMode;
}

const joinLimitMs = 60_000;
const pollMs = 200;
const longestRejoinPauseMs = 5_000;
const leaveLimitMs = 15_000;

/**
 * A real PostgreSQL that lives in `DATA_DIR` and listens on loopback only. Processes share it; the last one that
 * leaves stops it; one that dies under them is started again on the same port.
 */
export class EmbeddedPostgres {
  private readonly leaving = new AbortController();
  private rejoining: Promise<void> = Promise.resolve();
  private left: Promise<void> | undefined;

  /** A connection URL, with a generated password, of the user that owns the database and is no superuser. */
  readonly url: string;
  /** For maintenance; nothing that serves requests has any use of it. */
  readonly superuserUrl: string;

  private constructor(
    urls: { url: string; superuserUrl: string },
    private readonly place: { server: Server; urlFile: string },
    private readonly log: (line: string) => void,
    private participation: Participation,
  ) {
    this.url = urls.url;
    this.superuserUrl = urls.superuserUrl;
    this.watch();
  }

  /** @throws EmbeddedPostgresFailure saying why there is none to be had here */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    makeDirectory(resolve(options.dataDir));
    // Processes that come by different links have to find one and the same lock.
    const dataDir = realpathSync(options.dataDir);
    const mode = options.launchMode ?? LaunchMode.choose();
    mode.openPath(dataDir);
    const binaries = postgresBinaries(mode, dataDir);
    const passwords = {
      superuser: passwordIn(dataDir, 'postgres-password'),
      owner: passwordIn(dataDir, 'postgres-owner-password'),
    };
    createCluster(mode, binaries, dataDir, passwords.superuser);
    const server = new Server(mode, binaries, dataDir, options.settings ?? []);
    const { port, participation } = await enter(server, passwords);
    const url = ownerUrl(port, passwords);
    const urlFile = join(dataDir, 'database-url');
    writeFileSync(urlFile, `${url}\n`, { mode: 0o600 });
    return new EmbeddedPostgres(
      { url, superuserUrl: superuserUrl(port, passwords) },
      { server, urlFile },
      options.log,
      participation,
    );
  }

  /** Leaves the server, and stops it when no other process uses it. May be called more than once. */
  leave(): Promise<void> {
    return (this.left ??= this.leaveOnce());
  }

  private async leaveOnce(): Promise<void> {
    this.leaving.abort();
    await Promise.race([this.rejoining, pause(leaveLimitMs, undefined, { ref: false })]);
    if (await this.participation.leave()) {
      rmSync(this.place.urlFile, { force: true });
      await this.place.server.stop();
    }
    await this.participation.end();
  }

  private watch(): void {
    this.participation.onLost(() => {
      this.log('The embedded PostgreSQL went away; starting it again');
      this.rejoining = this.rejoin();
    });
  }

  private async rejoin(): Promise<void> {
    for (
      let pauseMs = pollMs;
      !this.leaving.signal.aborted;
      pauseMs = Math.min(pauseMs * 2, longestRejoinPauseMs)
    ) {
      try {
        await this.place.server.ensureRunning({ keepPort: true });
        const participation = await Participation.join(this.url);
        if (participation) {
          this.participation = participation;
          this.watch();
          return;
        }
      } catch (error) {
        this.log(`The embedded PostgreSQL is not back yet: ${String(error)}`);
      }
      await pause(pauseMs);
    }
  }
}

function passwordIn(dataDir: string, file: string): string {
  return readOrGenerateSecret(join(dataDir, file), () => randomBytes(24).toString('base64url'));
}

/** Adopts or starts the server and joins it; one that is being stopped is waited for and started anew. */
async function enter(
  server: Server,
  passwords: Passwords,
): Promise<{ port: number; participation: Participation }> {
  const giveUpAt = performance.now() + joinLimitMs;
  while (performance.now() < giveUpAt) {
    const { port, started } = await server.ensureRunning();
    try {
      const isPrepared = await prepareOwner(port, passwords);
      const participation = isPrepared ? await Participation.join(ownerUrl(port, passwords)) : null;
      if (participation) return { port, participation };
    } catch (error) {
      if (started) await server.stop();
      throw error;
    }
    await pause(pollMs);
  }
  throw new EmbeddedPostgresFailure(
    'PostgreSQL runs but refuses all connections; see postgres.log in DATA_DIR',
  );
}
