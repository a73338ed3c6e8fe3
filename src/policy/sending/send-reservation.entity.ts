import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A mail of an instance that left, or may have, within the last day; nothing of what it says or to whom. */
@Entity('send_reservations')
@Index('send_reservations_window', ['instanceId', 'reservedAt'])
export class SendReservation {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'send_reservations_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'send_reservations_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('uuid', { name: 'instance_id' })
  @ForeignKey('mcp_instances', 'id', { name: 'send_reservations_instance_fk', onDelete: 'CASCADE' })
  instanceId!: string;

  @Column('integer')
  recipients!: number;

  @Column('timestamptz', { name: 'reserved_at', default: () => 'evergrant_now()' })
  reservedAt!: Date;
}
