import { Injectable } from '@nestjs/common';
import type { RecalledAttempt, RefreshOutcome } from '../token-exchange.js';

/** Attempts and their outcomes as all replicas of the OAuth service know them. */
export abstract class SharedOutcomes {
  /**
   * Records that an attempt begins here; true too when that cannot be recorded just now.
   * @returns false when another replica has begun it
   * @throws EvergrantError `CONFLICT` when its id was used for another request
   */
  abstract begin(attemptId: string, requestDigest: string): Promise<boolean>;

  /** Never rejects. */
  abstract settle(attemptId: string, requestDigest: string, outcome: RefreshOutcome): Promise<void>;

  abstract recall(attemptId: string): Promise<RecalledAttempt>;
}

/** There are no other replicas, or nothing that they could share. */
@Injectable()
export class OwnOutcomes extends SharedOutcomes {
  override begin(): Promise<boolean> {
    return Promise.resolve(true);
  }

  override settle(): Promise<void> {
    return Promise.resolve();
  }

  override recall(): Promise<RecalledAttempt> {
    return Promise.resolve({ status: 'unknown' });
  }
}
