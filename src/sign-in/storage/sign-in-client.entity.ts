import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An MCP client that registered itself (RFC 7591). */
@Entity('sign_in_clients')
export class SignInClient {
  @PrimaryColumn('text', { name: 'client_id', primaryKeyConstraintName: 'sign_in_clients_pk' })
  clientId!: string;

  @Column('text', { name: 'sealed_metadata', select: false })
  sealedMetadata!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  @Index('sign_in_clients_age')
  createdAt!: Date;

  /** When a person last let it do something, or it last got a token, to the day; null if never. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;
}
