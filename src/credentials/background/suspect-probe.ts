import { Injectable, Logger } from '@nestjs/common';
import pMap from 'p-map';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { CredentialReader } from '../store/credential-reader.js';
import { CredentialRefresher } from '../refresh/credential-refresher.js';
import { heldSuspect } from '../store/credential-predicates.js';
import { VerdictHolds } from '../verdicts/verdict-holds.js';
import { confirmationSpacingSeconds } from '../verdicts/next-verdict.js';

const judgedAtOnce = 20;
/** Of the suspects under a hold: at the pace of a provider that refuses all, and of one that heals. */
const heldAtLeast = 4;
const heldAtMost = 320;
const probesAtOnce = 16;

/**
 * Asks again for grants that Google called dead a minute ago: a slip of Google's heals, a true end becomes final.
 * Those under a hold are asked for few at a time, the one that waited longest first, and ever more while they heal.
 */
@Injectable()
export class SuspectProbe {
  private readonly logger = new Logger(SuspectProbe.name);
  private heldPace = heldAtLeast;

  constructor(
    private readonly dataSource: DataSource,
    private readonly reader: CredentialReader,
    private readonly refresher: CredentialRefresher,
    private readonly holds: VerdictHolds,
  ) {}

  /** Never rejects. */
  async probe(): Promise<void> {
    try {
      await this.ask(await this.claim({ held: false, limit: judgedAtOnce }));
      await this.probeHeld();
      await this.holds.review();
    } catch (cause) {
      this.logger.warn({ msg: 'Suspect grants could not be probed', cause: String(cause) });
    }
  }

  private async probeHeld(): Promise<void> {
    for (;;) {
      const claimed = await this.claim({ held: true, limit: this.heldPace });
      const healed = await this.ask(claimed);
      const heals = healed > claimed.length / 2;
      this.heldPace = heals ? Math.min(this.heldPace * 2, heldAtMost) : heldAtLeast;
      if (!heals) return;
    }
  }

  /** Whatever becomes of a claimed one, it is not due again for a minute, and for no other process. */
  private async claim({ held, limit }: { held: boolean; limit: number }): Promise<string[]> {
    const claimed = await rows<{ id: string }>(
      this.dataSource,
      `UPDATE mcp_credentials AS credential
       SET next_refresh_at = evergrant_now() + make_interval(secs => $1)
       FROM (
         SELECT id FROM mcp_credentials c
         WHERE verdict = 'suspect' AND next_refresh_at <= evergrant_now() AND ${heldSuspect} = $2
         ORDER BY next_refresh_at LIMIT $3 FOR UPDATE SKIP LOCKED
       ) AS due
       WHERE credential.id = due.id RETURNING credential.id`,
      [confirmationSpacingSeconds, held, limit],
    );
    return claimed.map(({ id }) => id);
  }

  /** @returns how many were healed */
  private async ask(credentialIds: readonly string[]): Promise<number> {
    const healed = await pMap(
      credentialIds,
      async (id) => {
        const snapshot = await this.reader.read(id);
        if (snapshot?.verdict !== 'suspect') return false;
        return (await this.refresher.refresh(snapshot, 'probe')).status === 'refreshed';
      },
      { concurrency: probesAtOnce },
    );
    return healed.filter(Boolean).length;
  }
}
