import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A security event token that was taken; the same one is not acted upon again. */
@Entity('security_events')
export class ReceivedSecurityEvent {
  /** SHA-256 of its issuer and `jti`, which may be of any length. */
  @PrimaryColumn('text', { name: 'token_id_hash', primaryKeyConstraintName: 'security_events_pk' })
  tokenIdHash!: string;

  @Column('timestamptz', { name: 'received_at', default: () => 'evergrant_now()' })
  @Index('security_events_age')
  receivedAt!: Date;
}
