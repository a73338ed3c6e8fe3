import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** What one person let one client do. */
@Entity('person_authorizations')
@Unique('person_authorizations_tenant_id_unique', ['tenantId', 'id'])
@Index('person_authorizations_person', ['tenantId', 'personId', 'createdAt', 'id'])
@ForeignKey('people', ['tenantId', 'personId'], ['tenantId', 'id'], {
  name: 'person_authorizations_person_fk',
  onDelete: 'CASCADE',
})
export class PersonAuthorization {
  /** Chosen by the authorization server; no secret. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'person_authorizations_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'person_authorizations_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('uuid', { name: 'person_id' })
  personId!: string;

  @Column('text', { name: 'client_id' })
  clientId!: string;

  /** As the client calls itself; null when it does not. */
  @Column('text', { name: 'client_name', nullable: true })
  clientName!: string | null;

  @Column('text', { array: true })
  scopes!: string[];

  /** The mailboxes it opens; null for all that the person has, later ones included. */
  @Column('uuid', { name: 'instance_ids', array: true, nullable: true })
  instanceIds!: string[] | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'evergrant_now()' })
  updatedAt!: Date;
}
