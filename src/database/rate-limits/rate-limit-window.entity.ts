import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many permits of one subject were taken since its window began. */
@Entity('rate_limit_windows')
export class RateLimitWindow {
  /** Whom or what the limit is about, such as `api-key:<id>`. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rate_limit_windows_pk' })
  subject!: string;

  @Column('timestamptz', { name: 'starts_at' })
  startsAt!: Date;

  @Column('integer')
  taken!: number;
}
