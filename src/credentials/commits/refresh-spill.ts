import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Gauge } from 'prom-client';
import { z } from 'zod';
import { makeDirectory } from '../../config/index.js';
import { MetricsRegistry } from '../../metrics/index.js';
import { Recurrence } from '../../resilience/index.js';
import { CredentialsOptions } from '../credentials-options.js';
import { RefreshRecords } from './refresh-records.js';
import { sealedRefreshSchema, type SealedRefresh } from './sealed-refresh.js';

const replayEveryMs = 1_000;
const suffix = '.json';

const spilledSchema = z.strictObject({
  /** By this machine's clock, in milliseconds since 1970. */
  answeredAtMs: z.number(),
  sealed: sealedRefreshSchema,
});
type Spilled = z.output<typeof spilledSchema>;

/**
 * Keeps on disk what a refresh brought and the database could not take, sealed as the row would hold it, until it can.
 * A rotated refresh token that only one process knows must outlive that process.
 */
@Injectable()
export class RefreshSpill implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RefreshSpill.name);
  private readonly waiting = new Map<string, Spilled>();
  private readonly replays = new Recurrence(replayEveryMs, () => this.replayAll());

  constructor(
    private readonly records: RefreshRecords,
    registry: MetricsRegistry,
    @Inject(CredentialsOptions) private readonly options: CredentialsOptions,
  ) {
    const count = () => this.count(null);
    new Gauge({
      name: 'evergrant_spilled_refreshes',
      help: 'Refreshed tokens on the disk of this process that the database has not taken yet',
      registers: [registry],
      collect() {
        this.set(count());
      },
    });
  }

  /** How many wait, of one tenant or, with null, of all. */
  count(tenantId: string | null): number {
    if (tenantId === null) return this.waiting.size;
    return [...this.waiting.values()].filter(({ sealed }) => sealed.tenantId === tenantId).length;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.load();
    this.replays.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.replays.stop();
  }

  /** Never rejects: where nothing can be written the tokens live in memory only, and the log says so. */
  async keep(sealed: SealedRefresh): Promise<void> {
    const { credentialId, attemptId } = sealed;
    const spilled = { answeredAtMs: Date.now(), sealed };
    this.waiting.set(attemptId, spilled);
    try {
      await this.write(attemptId, JSON.stringify(spilled));
      this.logger.error({ msg: 'A refreshed token waits on disk for the database', credentialId, attemptId });
    } catch (cause) {
      this.logger.error({
        msg: 'A refreshed token is neither in the database nor on disk',
        ...{ credentialId, attemptId, cause: String(cause) },
      });
    }
  }

  /**
   * Before anything of these credentials is presented again: what waits for them is committed.
   * Rejects with the database's error when that cannot be.
   */
  async replay(credentialIds: readonly string[]): Promise<void> {
    for (const [attemptId, spilled] of this.waiting)
      if (credentialIds.includes(spilled.sealed.credentialId)) await this.store(attemptId, spilled);
  }

  private async replayAll(): Promise<void> {
    for (const [attemptId, spilled] of this.waiting) {
      try {
        await this.store(attemptId, spilled);
      } catch (cause) {
        this.logger.debug({ msg: 'Not replayed yet', attemptId, cause: String(cause) });
        return;
      }
    }
  }

  /** A newer consent or rotation wins over what waited. */
  private async store(attemptId: string, { sealed, answeredAtMs }: Spilled): Promise<void> {
    const ageSeconds = Math.max(0, (Date.now() - answeredAtMs) / 1000);
    const { credentialId } = sealed;
    const stored = await this.records.recordTokens(sealed, ageSeconds);
    const isForeign = stored === null && !(await this.records.knows(credentialId));
    this.waiting.delete(attemptId);
    if (isForeign) {
      await this.putAside(`${attemptId}${suffix}`, 'foreign');
      return;
    }
    await rm(this.file(attemptId), { force: true });
    const msg = stored
      ? 'A token that waited on disk is stored'
      : 'A token that waited on disk was superseded';
    this.logger.log({ msg, credentialId, attemptId });
  }

  private async load(): Promise<void> {
    const names = await readdir(this.options.spillDirectory).catch(() => []);
    for (const name of names.filter((each) => each.endsWith(suffix))) {
      const path = join(this.options.spillDirectory, name);
      const spilled = parse(await readFile(path, 'utf8').catch(() => ''));
      if (spilled) {
        this.waiting.set(spilled.sealed.attemptId, spilled);
      } else {
        await this.putAside(name, 'damaged');
      }
    }
  }

  /** Whatever it is, it may be the only copy of a token. */
  private async putAside(name: string, why: 'damaged' | 'foreign'): Promise<void> {
    const path = join(this.options.spillDirectory, name);
    await rename(path, `${path}.${why}`).catch(() => undefined);
    this.logger.error({ msg: `A file of the spill is ${why} and was put aside`, file: `${name}.${why}` });
  }

  /** Whole or not at all, and on the disk when this resolves. */
  private async write(attemptId: string, text: string): Promise<void> {
    const { spillDirectory } = this.options;
    makeDirectory(resolve(spillDirectory));
    const draft = `${this.file(attemptId)}.new`;
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, this.file(attemptId));
    const directory = await open(spillDirectory, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }

  private file(attemptId: string): string {
    return join(this.options.spillDirectory, `${attemptId}${suffix}`);
  }
}

function parse(text: string): Spilled | null {
  try {
    return spilledSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
