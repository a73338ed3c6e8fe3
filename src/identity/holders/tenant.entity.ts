import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { TenantPolicy } from '../policies/outbound-policy.js';

/** An organisation or team; nothing of one tenant is ever visible to another. */
@Entity('tenants')
@Unique('tenants_name_unique', ['name'])
@Index('tenants_page', ['createdAt', 'id'])
export class Tenant {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'tenants_pk' })
  id!: string;

  @Column('text')
  name!: string;

  /** Since when nothing may act for it; null while all may. */
  @Column('timestamptz', { name: 'suspended_at', nullable: true })
  suspendedAt!: Date | null;

  /** What may leave its mailboxes; null where the defaults hold. */
  @Column('jsonb', { nullable: true })
  policy!: TenantPolicy | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;
}
