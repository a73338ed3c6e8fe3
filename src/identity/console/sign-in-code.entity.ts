import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A link that signs the operator in once. */
@Entity('sign_in_codes')
export class SignInCode {
  @PrimaryColumn('text', { name: 'code_hash', primaryKeyConstraintName: 'sign_in_codes_pk' })
  codeHash!: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
