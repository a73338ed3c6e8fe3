import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** How far the history was counted: one row. */
@Entity('refresh_figures_progress')
@Check('refresh_figures_progress_one_row_check', 'one_row')
export class RefreshFiguresProgress {
  @PrimaryColumn('boolean', {
    name: 'one_row',
    default: true,
    primaryKeyConstraintName: 'refresh_figures_progress_pk',
  })
  oneRow!: boolean;

  @Column('bigint', { name: 'last_event_id', default: 0 })
  lastEventId!: string;
}
