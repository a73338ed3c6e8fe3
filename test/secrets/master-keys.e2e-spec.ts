import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { until } from '../../sandbox/index.js';
import { MasterKeyring } from '../../src/credentials/vault/master-keyring.js';
import { NodeProcess, repository } from '../harness/node-process.js';
import { Deployment, type Member } from '../processes/deployment.js';

// Real processes start.
jest.setTimeout(120_000);

function drawn(id: string): { id: string; key: Buffer; given: string } {
  const key = createHash('sha256').update(`the master key ${id}`).digest();
  return { id, key, given: `${id}:${key.toString('base64')}` };
}

const [old, fresh] = [drawn('old'), drawn('fresh')];
const both = `${fresh.given},${old.given}`;
/** Beside those of the mailboxes: several batches. */
const otherKeys = 250;
const unlimited = { FORCED_REFRESH_LIMIT_PER_MINUTE: '0' };
/** A busy machine takes its time. */
const startLimitMs = 60_000;

describe('data keys that an old master key has wrapped', () => {
  let deployment: Deployment;
  let running: Member;
  const mailboxes: string[] = [];

  beforeAll(async () => {
    deployment = await Deployment.start();
    // A refresh that is lost would show: the token before it is dead.
    await deployment.google.configure({ rotation: 'rotate' });
    const before = await deployment.publicApi({ ...unlimited, ENCRYPTION_KEYS: old.given });
    for (const account of ['a', 'b', 'c'])
      mailboxes.push(await deployment.mailbox(before, `${account}@sandbox.test`));
    await addOtherKeys();
    await before.process.stop();
    running = await deployment.publicApi({ ...unlimited, ENCRYPTION_KEYS: both });
  });
  afterAll(() => deployment.stop());

  async function addOtherKeys(): Promise<void> {
    const keyring = new MasterKeyring([old]);
    const names = Array.from({ length: otherKeys }, (_, n) => `tenant ${n}`);
    const made = await deployment.sql<{ id: string }>(
      'INSERT INTO tenants (name) SELECT unnest($1::text[]) RETURNING id',
      [names],
    );
    const ids = made.map(({ id }) => id);
    const wrapped = ids.map((id) => keyring.wrap(randomBytes(32), ['data_key', id, 'tokens']));
    await deployment.sql(
      `INSERT INTO data_keys (tenant_id, purpose, wrapped_key)
       SELECT id, 'tokens', key FROM unnest($1::uuid[], $2::text[]) AS given (id, key)`,
      [ids, wrapped],
    );
    await deployment.sql(
      `INSERT INTO refresh_outcomes (attempt_id, request_digest, sealed_outcome) VALUES ('attempt', 'digest', $1)`,
      [keyring.wrap(Buffer.from('{}'), ['refresh_outcome', 'attempt'])],
    );
  }

  function rewrap(keys: string): NodeProcess {
    const variables = { DATABASE_URL: deployment.databaseUrl, ENCRYPTION_KEYS: keys };
    return NodeProcess.start([join(repository, 'dist/src/rewrap-keys.js')], variables);
  }

  /** How many data keys each master key opens. */
  async function wrappedBy(): Promise<Record<string, number>> {
    const found = await deployment.sql<{ id: string; count: number }>(
      "SELECT split_part(wrapped_key, '.', 2) AS id, count(*)::int AS count FROM data_keys GROUP BY 1",
    );
    return Object.fromEntries(found.map(({ id, count }) => [id, count]));
  }

  async function expectAllRefreshed(api: Member): Promise<void> {
    for (const id of mailboxes)
      expect(await deployment.refresh(api, id)).toMatchObject({ status: 200, stale: false });
  }

  it('stop a start without it, which says how many need which', async () => {
    const needed = (await wrappedBy()).old!;
    const refused = deployment.replica({ ENCRYPTION_KEYS: fresh.given });
    await expect(refused).rejects.toThrow(`do not hold the master key old, which ${needed} data keys need`);
    const another = `old:${drawn('another').key.toString('base64')}`;
    await expect(deployment.replica({ ENCRYPTION_KEYS: another })).rejects.toThrow(
      `hold another master key old than the one that ${needed} data keys need`,
    );
  });

  it('are not given up where it is not at hand: the command says what it left', async () => {
    const before = await wrappedBy();
    const command = rewrap(fresh.given);
    expect(await command.exitCode()).toBe(1);
    expect(command.stdout).toContain(`${before.old} data keys still need the master key old`);
    expect(await wrappedBy()).toEqual(before);
  });

  it('open all the while, also when the command is killed in the middle', async () => {
    const lock = new pg.Client({ connectionString: deployment.databaseUrl });
    lock.on('error', () => undefined);
    await lock.connect();
    await lock.query('BEGIN');
    // In the second batch.
    await lock.query(
      `SELECT FROM data_keys
       WHERE id = (SELECT id FROM data_keys ORDER BY id::text OFFSET 150 LIMIT 1) FOR UPDATE`,
    );
    const killed = rewrap(both);
    const isHalfway = () => {
      if (!killed.running) throw new Error(killed.stdout + killed.stderr);
      return /^100 of kind "data key" wrapped anew$/m.test(killed.stdout);
    };
    await until('the first batch is told', isHalfway, { limitMs: startLimitMs });
    const waiting =
      "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE data_keys%'";
    await until('the second batch waits', async () => (await deployment.sql(waiting)).length > 0);
    await expectAllRefreshed(running);
    await killed.stop('SIGKILL');
    await lock.query('ROLLBACK');
    await lock.end();

    const halfway = await wrappedBy();
    expect(halfway.fresh).toBeGreaterThanOrEqual(100);
    expect(halfway.old).toBeGreaterThan(0);
    await expectAllRefreshed(running);
    await expectAllRefreshed(await deployment.replica({ ...unlimited, ENCRYPTION_KEYS: both }));
  });

  it('are wrapped by the new one in the end, beside refreshes, and the old one can go', async () => {
    const command = rewrap(both);
    while (command.running) await expectAllRefreshed(running);
    expect([await command.exitCode(), command.stderr]).toEqual([0, '']);
    expect(command.stdout).toMatch(/^Done: all is wrapped with fresh, and no row needs old any more\.$/m);
    expect(await wrappedBy()).toEqual({ fresh: otherKeys + 3 });
    const [outcome] = await deployment.sql<{ sealed: string }>(
      'SELECT sealed_outcome AS sealed FROM refresh_outcomes',
    );
    const opened = new MasterKeyring([fresh]).unwrap(outcome!.sealed, ['refresh_outcome', 'attempt']);
    expect(opened.toString()).toBe('{}');

    await expectAllRefreshed(running);
    await expectAllRefreshed(await deployment.replica({ ...unlimited, ENCRYPTION_KEYS: fresh.given }));
    await expectAllRefreshed(running);
  });
});
