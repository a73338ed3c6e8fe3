import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../database/index.js';
import { CredentialReader } from './credential-reader.js';
import { CredentialRefresher } from './credential-refresher.js';
import { confirmationSpacingSeconds } from './verdicts.js';

const probeEveryMs = 10_000;
const probesAtOnce = 10;

/** Asks again for grants that Google called dead a minute ago: a slip of Google's heals, a true end becomes final. */
@Injectable()
export class SuspectProbe implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(SuspectProbe.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly reader: CredentialReader,
    private readonly refresher: CredentialRefresher,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.probe();
    }, probeEveryMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.running;
  }

  private async ask(credentialId: string): Promise<void> {
    const snapshot = await this.reader.read(credentialId);
    if (snapshot) await this.refresher.refresh(snapshot, 'probe');
  }

  private async probe(): Promise<void> {
    try {
      const suspects = await rows<{ id: string }>(
        this.dataSource,
        `SELECT id FROM mcp_credentials
         WHERE verdict = 'suspect' AND verdict_at <= evergrant_now() - make_interval(secs => $1)
         ORDER BY verdict_at LIMIT $2`,
        [confirmationSpacingSeconds, probesAtOnce],
      );
      await Promise.all(suspects.map(({ id }) => this.ask(id)));
    } catch (cause) {
      this.logger.warn({ msg: 'Suspect grants could not be probed', cause: String(cause) });
    }
  }
}
