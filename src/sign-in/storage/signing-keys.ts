import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection } from '../../database/index.js';
import { signingKeyRoles, signingSeconds, type AgedKey } from './signing-key-roles.js';
import { SignInSeal } from './sign-in-seal.js';

export interface SigningKeyRow extends AgedKey {
  sealedKey: string;
}

export const signingKeyRow: Projection<SigningKeyRow> = {
  id: 'id',
  ageSeconds: 'extract(epoch FROM evergrant_now() - created_at)::float8',
  sealedKey: 'sealed_key',
};

/** Every OpenID provider has to know it (OpenID Connect Discovery, section 3). */
const algorithm = 'RS256';

/** The keys of the deployment that sign ID tokens: shared by all processes, replaced in time. */
@Injectable()
export class SigningKeys {
  constructor(
    private readonly dataSource: DataSource,
    private readonly seal: SignInSeal,
  ) {}

  /** Private keys, the one that signs first, made and deleted as their time comes. */
  async current(): Promise<JWK[]> {
    const held = await this.held();
    const roles = signingKeyRoles(held);
    if (roles.needsNew) {
      await this.make();
      return this.current();
    }
    if (roles.ended.length > 0)
      await rows(this.dataSource, 'DELETE FROM signing_keys WHERE id = ANY ($1::uuid[])', [roles.ended]);
    const published = roles.published.flatMap((id) => held.filter((key) => key.id === id));
    return Promise.all(published.map((key) => this.opened(key)));
  }

  private held(): Promise<SigningKeyRow[]> {
    return rows<SigningKeyRow>(this.dataSource, `SELECT ${selectList(signingKeyRow)} FROM signing_keys`);
  }

  /** Of several processes that find none in its time, one makes it. */
  private async make(): Promise<void> {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const id = randomUUID();
    const key: JWK = { ...(await exportJWK(privateKey)), kid: id, use: 'sig', alg: algorithm };
    const sealed = await this.seal.seal(['SigningKey', id], JSON.stringify(key));
    await this.dataSource.transaction(async (executor) => {
      await executor.query('LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE');
      await rows(
        executor,
        `INSERT INTO signing_keys (id, sealed_key) SELECT $1::uuid, $2::text WHERE NOT EXISTS (
           SELECT FROM signing_keys WHERE created_at > evergrant_now() - make_interval(secs => $3::float8))`,
        [id, sealed, signingSeconds],
      );
    });
  }

  private async opened({ id, sealedKey }: SigningKeyRow): Promise<JWK> {
    return JSON.parse(await this.seal.open(['SigningKey', id], sealedKey)) as JWK;
  }
}
