import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** An organisation or team; nothing of one tenant is ever visible to another. */
@Entity('tenants')
@Unique('tenants_name_unique', ['name'])
@Index('tenants_page', ['createdAt', 'id'])
export class Tenant {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'tenants_pk' })
  id!: string;

  @Column('text')
  name!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;
}
