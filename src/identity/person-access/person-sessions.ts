import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection } from '../../database/index.js';
import { newSecret, secretHash } from '../holders/secret-hash.js';
import { person, type Person } from '../people/people.js';
import type { PersonKey } from '../people/person-mailboxes.js';
import { SignInAdmission } from '../people/sign-in-admission.js';
import { isSuspended } from '../tenant-suspension.js';

/** A day at work: a second client needs no way through the provider within it. */
export const personSessionLifeSeconds = 12 * 3600;

/** A person in a browser of theirs. */
export interface SignedInPerson extends Person {
  /** Since they came from the provider into this session; by the database's clock. */
  signedInSecondsAgo: number;
}

const signedInPerson: Projection<SignedInPerson> = {
  ...person,
  signedInSecondsAgo: 'extract(epoch FROM evergrant_now() - s.created_at)::float8',
};

/** Browsers in which people are signed in. */
@Injectable()
export class PersonSessions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly admission: SignInAdmission,
  ) {}

  /**
   * Opens a session, always with a new secret, and closes the one that the browser had (session fixation).
   * @returns the secret for the browser's cookie; only a hash of it is stored
   */
  async open({ id, tenantId }: Pick<Person, 'id' | 'tenantId'>, formerSecret?: string): Promise<string> {
    const secret = newSecret();
    await rows(
      this.dataSource,
      `WITH pruned AS (DELETE FROM person_sessions WHERE expires_at <= evergrant_now() OR session_hash = $5)
       INSERT INTO person_sessions (session_hash, tenant_id, person_id, expires_at)
       VALUES ($1, $2, $3, evergrant_now() + make_interval(secs => $4))`,
      [
        ...[secretHash(secret), tenantId, id, personSessionLifeSeconds],
        formerSecret === undefined ? null : secretHash(formerSecret),
      ],
    );
    return secret;
  }

  /** @returns null for a session that is unknown or over, of a person whom no entry names any more, or of a suspended tenant */
  async verify(secret: string): Promise<SignedInPerson | null> {
    const [found] = await rows<SignedInPerson>(
      this.dataSource,
      `SELECT ${selectList(signedInPerson)} FROM person_sessions s
       JOIN people ON people.tenant_id = s.tenant_id AND people.id = s.person_id
       WHERE s.session_hash = $1 AND s.expires_at > evergrant_now() AND NOT ${isSuspended('s.tenant_id')}`,
      [secretHash(secret)],
    );
    return found !== undefined && this.admission.stillNames(found) ? found : null;
  }

  async close(secret: string): Promise<void> {
    await rows(this.dataSource, 'DELETE FROM person_sessions WHERE session_hash = $1', [secretHash(secret)]);
  }

  /** All of a person's, in every browser. */
  async closeAll({ tenantId, personId }: PersonKey): Promise<void> {
    await rows(this.dataSource, 'DELETE FROM person_sessions WHERE tenant_id = $1 AND person_id = $2', [
      tenantId,
      personId,
    ]);
  }
}
