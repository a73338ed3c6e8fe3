import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A browser in which a person is signed in. */
@Entity('person_sessions')
@Index('person_sessions_person', ['tenantId', 'personId'])
@ForeignKey('people', ['tenantId', 'personId'], ['tenantId', 'id'], {
  name: 'person_sessions_person_fk',
  onDelete: 'CASCADE',
})
export class PersonSession {
  @PrimaryColumn('text', { name: 'session_hash', primaryKeyConstraintName: 'person_sessions_pk' })
  sessionHash!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'person_sessions_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('uuid', { name: 'person_id' })
  personId!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('person_sessions_expiry')
  expiresAt!: Date;
}
