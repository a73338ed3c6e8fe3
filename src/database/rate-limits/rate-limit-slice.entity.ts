import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was taken of one subject's limit lately, slice by slice. */
@Entity('rate_limit_slices')
export class RateLimitSlice {
  /** What the limit is about, such as `gmail:<mailbox>`. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rate_limit_slices_pk' })
  subject!: string;

  /** Of each slice, the first taken first. */
  @Column('integer', { array: true })
  units!: number[];

  /** When each slice no longer counts. */
  @Column('timestamptz', { name: 'ends_at', array: true })
  endsAt!: Date[];

  /** What the latest asker got. */
  @Column('integer')
  granted!: number;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
