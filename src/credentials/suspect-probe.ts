import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../database/index.js';
import { CredentialReader } from './credential-reader.js';
import { CredentialRefresher } from './credential-refresher.js';
import { confirmationSpacingSeconds } from './verdicts.js';

const probesAtOnce = 10;

/** Asks again for grants that Google called dead a minute ago: a slip of Google's heals, a true end becomes final. */
@Injectable()
export class SuspectProbe {
  private readonly logger = new Logger(SuspectProbe.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly reader: CredentialReader,
    private readonly refresher: CredentialRefresher,
  ) {}

  /** Never rejects. */
  async probe(): Promise<void> {
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

  private async ask(credentialId: string): Promise<void> {
    const snapshot = await this.reader.read(credentialId);
    if (snapshot) await this.refresher.refresh(snapshot, 'probe');
  }
}
