import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { destroysTokens } from '../store/credential-assignments.js';
import { heldSuspect, isUnchanged, rowVersion, underHold } from '../store/credential-predicates.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import { addHistory } from '../store/history-row.js';
import {
  confirmationSpacingSeconds,
  isDoubtful,
  nextVerdict,
  type NextVerdict,
  type PresentedVerdict,
} from './next-verdict.js';
import { VerdictHolds } from './verdict-holds.js';

/** What we believe of a grant: active, suspect once the provider has called it dead, failed when it keeps saying so. */
@Injectable()
export class Verdicts {
  /** The reasons of the verdicts by which users of a grant are asked to sign in again, as they are given. */
  readonly reauthentications = new Subject<string>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly holds: VerdictHolds,
  ) {}

  /** Takes the provider's confirmed word that the grant is dead, and says what became of it. */
  async confirmDead(before: CredentialSnapshot, reason: string): Promise<NextVerdict> {
    const doubtful = isDoubtful(reason);
    const next = (held: boolean) => nextVerdict(presentedVerdict(before), { reason, held });
    let verdict = next(before.held);
    // It is a suspect already, so it counts if there is a spike by now.
    if (verdict === 'failed' && doubtful) verdict = next(await this.becomesHeld(before));
    if (verdict === 'failed') {
      await this.fail(before);
      return verdict;
    }
    let held = await this.suspect(before, reason);
    if (doubtful && before.held) {
      await this.holds.noteRefused(before);
      return 'held';
    }
    // Only now it counts among the suspects that may be a spike.
    if (doubtful && !held) held = await this.becomesHeld(before);
    if (before.verdict === 'active' && !held) this.reauthentications.next(reason);
    return held ? 'held' : 'suspect';
  }

  /** The provider has refreshed the grant, whatever it said before, of this one or of others. */
  async confirmAlive(before: CredentialSnapshot): Promise<void> {
    if (before.clientOnHold) await this.holds.noteRefreshed(before);
  }

  /** Ends a grant by one guarded UPDATE: status, verdict and tokens together, with its history row. */
  private async fail(before: CredentialSnapshot): Promise<void> {
    await rows(
      this.dataSource,
      `WITH ended AS (
         UPDATE mcp_credentials AS c SET oauth_status = 'failed', verdict = 'failed', verdict_at = evergrant_now(),
           ${destroysTokens}, updated_at = evergrant_now()
         WHERE ${isUnchanged}
         RETURNING tenant_id, id, generation, refresh_version, error_code, error_reason
       )
       ${addHistory('ended', {
         event: `'verdict'`,
         outcome: `'failed'`,
         error_code: 'error_code',
         reason: 'error_reason',
       })}`,
      rowVersion(before),
    );
  }

  /** The next refresh of a suspect is its probe. Resolves with whether a hold stands over it. */
  private async suspect(before: CredentialSnapshot, reason: string): Promise<boolean> {
    const [suspect] = await rows<{ held: boolean }>(
      this.dataSource,
      `WITH suspected AS (
         UPDATE mcp_credentials AS c SET verdict = 'suspect', verdict_at = evergrant_now(),
           suspected_at = CASE WHEN $4::boolean THEN coalesce(suspected_at, evergrant_now()) END,
           next_refresh_at = evergrant_now() + make_interval(secs => $5), updated_at = evergrant_now()
         WHERE ${isUnchanged}
         RETURNING tenant_id, id, generation, refresh_version, error_code, $4::boolean AND ${underHold} AS held
       ), history AS (
         ${addHistory('suspected WHERE $7::boolean', {
           event: `'verdict'`,
           outcome: `CASE WHEN held THEN 'held' ELSE 'suspect' END`,
           error_code: 'error_code',
           reason: '$6::text',
         })}
       )
       SELECT held FROM suspected`,
      [
        ...rowVersion(before),
        isDoubtful(reason),
        confirmationSpacingSeconds,
        reason,
        before.verdict === 'active',
      ],
    );
    return suspect?.held ?? false;
  }

  /** Whether it is one of so many that their verdicts are held from now on. */
  private async becomesHeld({ id, oauthClientId }: CredentialSnapshot): Promise<boolean> {
    await this.holds.consider(oauthClientId);
    const [credential] = await rows<{ held: boolean }>(
      this.dataSource,
      `SELECT ${heldSuspect} AS held FROM mcp_credentials c WHERE id = $1`,
      [id],
    );
    return credential?.held ?? false;
  }
}

function presentedVerdict({ verdict, verdictSecondsAgo }: CredentialSnapshot): PresentedVerdict {
  return verdict === 'suspect'
    ? { verdict: 'suspect', forSeconds: verdictSecondsAgo ?? 0 }
    : { verdict: 'active' };
}
