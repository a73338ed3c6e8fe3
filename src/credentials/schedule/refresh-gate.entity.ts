import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A provider's `Retry-After`: until then it is not asked for any grant of the OAuth client. */
@Entity('refresh_gates')
export class RefreshGate {
  @PrimaryColumn('uuid', { name: 'oauth_client_id', primaryKeyConstraintName: 'refresh_gates_pk' })
  @ForeignKey('oauth_clients', 'id', { name: 'refresh_gates_oauth_client_fk', onDelete: 'CASCADE' })
  oauthClientId!: string;

  @Column('timestamptz', { name: 'closed_until' })
  closedUntil!: Date;
}
