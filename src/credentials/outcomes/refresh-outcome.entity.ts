import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A refresh that some replica of the OAuth service makes or made. */
@Entity('refresh_outcomes')
@Index('refresh_outcomes_age', ['startedAt'])
export class RefreshOutcomeRecord {
  @PrimaryColumn('text', { name: 'attempt_id', primaryKeyConstraintName: 'refresh_outcomes_pk' })
  attemptId!: string;

  /** Digest of what was presented: an attempt's id stands for one request only. */
  @Column('text', { name: 'request_digest' })
  requestDigest!: string;

  /** Sealed with a master key; null while the attempt runs, or since its process died. */
  @Column('text', { name: 'sealed_outcome', nullable: true, select: false })
  sealedOutcome!: string | null;

  @Column('timestamptz', { name: 'started_at', default: () => 'evergrant_now()' })
  startedAt!: Date;
}
