import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A private key that signs ID tokens, as a sealed JSON Web Key (RFC 7517). */
@Entity('signing_keys')
export class SigningKey {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'signing_keys_pk' })
  id!: string;

  @Column('text', { name: 'sealed_key', select: false })
  sealedKey!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;
}
