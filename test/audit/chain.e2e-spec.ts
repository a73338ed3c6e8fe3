import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditChain, sealKey, StoredChains, type ActEvent, type ChainPlace } from '../../src/audit/index.js';
import { DataKeys } from '../../src/credentials/index.js';
import { rows, TenantDatabase, type SqlExecutor } from '../../src/database/index.js';
import { AuditPruning } from '../../src/audit/retention/audit-pruning.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
let database: TenantDatabase;
let chain: AuditChain;
let tenantId: string;
beforeAll(async () => {
  app = await TestApp.start({ AUDIT_RETENTION_DAYS: '30' });
  database = new TenantDatabase(app.dataSource);
  chain = app.part(AuditChain);
  [{ id: tenantId }] = await app.dataSource.query<[{ id: string }]>(
    "INSERT INTO tenants (name) VALUES ('chained') RETURNING id",
  );
});
afterAll(() => app.stop());

function act(event: ActEvent['event'] = 'act.done'): ActEvent {
  return {
    event,
    actor: { kind: 'server', id: null, tenantId },
    subject: { kind: 'instance', id: '00000000-0000-4000-8000-000000000001' },
    source: null,
    ...{ actId: null, kind: 'send', recipients: ['anna@example.com'], decision: 'allow', reasons: [] },
    ...{ approvalId: null, contentDigest: null, outcome: 'sent' },
  };
}

interface StoredEvent {
  sequence: number;
  event: string;
  previous_hash: string;
  hash: string;
}

function stored(): Promise<StoredEvent[]> {
  return rows(
    app.dataSource,
    `SELECT sequence::int, event, previous_hash, hash FROM audit_events WHERE tenant_id = $1 ORDER BY audit_events.sequence`,
    [tenantId],
  );
}

describe('an event of a chain', () => {
  it('stands or falls with the transaction that appends it', async () => {
    const failing = database.transaction(tenantId, async (executor) => {
      await chain.append(executor, tenantId, act('act.intended'));
      throw new Error('the act was not stored');
    });
    await expect(failing).rejects.toThrow('the act was not stored');
    expect(await stored()).toEqual([]);
    await database.transaction(tenantId, (executor) =>
      chain.append(executor, tenantId, act('act.intended'), act('act.done')),
    );
    const events = await stored();
    expect(events.map(({ sequence, event }) => [sequence, event])).toEqual([
      [1, 'act.intended'],
      [2, 'act.done'],
    ]);
    expect(events[1]!.previous_hash).toBe(events[0]!.hash);
  });

  it('follows the one before it, whoever else appends at the same moment', async () => {
    const before = (await stored()).length;
    const appendOne = () =>
      database.transaction(tenantId, (executor) => chain.append(executor, tenantId, act()));
    await Promise.all(Array.from({ length: 40 }, appendOne));
    const events = await stored();
    expect(events.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: before + 40 }, (_, at) => at + 1),
    );
    for (const [at, { previous_hash: previous }] of events.entries())
      if (at > 0) expect(previous).toBe(events[at - 1]!.hash);
  });

  it.each([
    "UPDATE audit_events SET event = 'act.rejected'",
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    'DELETE FROM audit_heads',
    'UPDATE audit_heads SET pruned_sequence = sequence',
  ])('cannot be undone by a tenant: %s', async (statement) => {
    await expect(database.rows(tenantId, statement, [])).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    "UPDATE audit_events SET event = 'act.rejected'",
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    'TRUNCATE audit_heads CASCADE',
    'DELETE FROM audit_heads',
    'UPDATE audit_heads SET sequence = sequence - 1',
  ])('nor by the owner of the tables: %s', async (statement) => {
    await expect(rows(app.dataSource, statement)).rejects.toMatchObject({ code: '23001' });
  });
});

describe('tampering with what the database holds, by one who may do everything there', () => {
  class TakenBack extends Error {}

  /** The verdict after statements that the next test does not see. */
  async function verdictAfter(tamper: (executor: SqlExecutor) => Promise<unknown>, noted: ChainPlace[] = []) {
    const key = sealKey(await app.part(DataKeys).auditKey());
    let verdict: unknown;
    const tampering = app.dataSource.transaction(async (manager) => {
      await manager.query('ALTER TABLE audit_events DISABLE TRIGGER USER');
      await manager.query('ALTER TABLE audit_heads DISABLE TRIGGER USER');
      await tamper(manager);
      verdict = await new StoredChains(manager, key).verify(tenantId, noted);
      throw new TakenBack();
    });
    await expect(tampering).rejects.toThrow(TakenBack);
    return verdict;
  }

  const own = () => `tenant_id = '${tenantId}'`;

  it('is not seen where there is none', async () => {
    expect(await verdictAfter(async () => undefined)).toMatchObject({ status: 'whole', events: 42 });
  });

  it.each<[string, () => string[], number, string]>([
    [
      'a recipient taken out',
      () => [`UPDATE audit_events SET details = details - 'recipients' WHERE ${own()} AND sequence = 7`],
      ...([7, 'changed'] as const),
    ],
    [
      'another actor',
      () => [
        `UPDATE audit_events SET actor = '{"id": null, "kind": "owner"}' WHERE ${own()} AND sequence = 7`,
      ],
      ...([7, 'changed'] as const),
    ],
    [
      'another instance for the filter alone',
      () => [`UPDATE audit_events SET instance_id = gen_random_uuid() WHERE ${own()} AND sequence = 7`],
      ...([7, 'changed'] as const),
    ],
    [
      'an event less',
      () => [`DELETE FROM audit_events WHERE ${own()} AND sequence = 7`],
      ...([7, 'missing'] as const),
    ],
    [
      'two events with exchanged numbers',
      () => [
        `UPDATE audit_events SET sequence = -7 WHERE ${own()} AND sequence = 7`,
        `UPDATE audit_events SET sequence = 7 WHERE ${own()} AND sequence = 8`,
        `UPDATE audit_events SET sequence = 8 WHERE ${own()} AND sequence = -7`,
      ],
      ...([7, 'reordered'] as const),
    ],
    [
      'an event copied after the last',
      () => [
        `INSERT INTO audit_events SELECT tenant_id, 43, at, event, actor, subject, instance_id, details,
           (SELECT hash FROM audit_heads WHERE ${own()}), hash, seal FROM audit_events WHERE ${own()} AND sequence = 7`,
      ],
      ...([43, 'changed'] as const),
    ],
    [
      'the end cut off',
      () => [`DELETE FROM audit_events WHERE ${own()} AND sequence > 40`],
      ...([41, 'truncated'] as const),
    ],
    [
      'the beginning cut off, and said to be pruned under a seal that is another event’s',
      () => [
        `UPDATE audit_heads SET (pruned_sequence, pruned_hash, pruned_seal) =
           (SELECT sequence, hash, seal FROM audit_events WHERE ${own()} AND sequence = 7) WHERE ${own()}`,
        `DELETE FROM audit_events WHERE ${own()} AND sequence <= 7`,
      ],
      ...([1, 'missing'] as const),
    ],
  ])('is found and named: %s', async (_case, statements, sequence, fault) => {
    const verdict = await verdictAfter(async (executor) => {
      for (const statement of statements()) await executor.query(statement);
    });
    expect(verdict).toEqual({ status: 'broken', sequence, fault });
  });

  it('is found by the head that was noted before, where the head in the database was set back as well', async () => {
    const [head] = await rows<ChainPlace>(
      app.dataSource,
      'SELECT sequence::int AS sequence, hash FROM audit_heads WHERE tenant_id = $1',
      [tenantId],
    );
    const setBack = async (executor: SqlExecutor) => {
      await executor.query(`DELETE FROM audit_events WHERE ${own()} AND sequence > 40`);
      await executor.query(
        `UPDATE audit_heads SET (sequence, hash) =
           (SELECT sequence, hash FROM audit_events WHERE ${own()} AND sequence = 40) WHERE ${own()}`,
      );
    };
    expect(await verdictAfter(setBack)).toMatchObject({ status: 'whole', events: 40 });
    expect(await verdictAfter(setBack, [head!])).toEqual({
      status: 'broken',
      sequence: 41,
      fault: 'truncated',
    });
  });
});

describe('events that are older than they are kept', () => {
  const monthSeconds = 31 * 86_400;

  it('are deleted, and the rest is verified from the place on that they reached', async () => {
    const pruning = app.part(AuditPruning);
    await pruning.prune();
    expect(await stored()).toHaveLength(42);
    const fortySecond = (await stored()).at(-1)!;
    await app.advance(monthSeconds);
    await database.transaction(tenantId, (executor) => chain.append(executor, tenantId, act('act.held')));
    await pruning.prune();
    const left = await stored();
    expect(left.map(({ sequence, event }) => [sequence, event])).toEqual([
      [43, 'act.held'],
      [44, 'audit.pruned'],
    ]);
    expect(left[0]!.previous_hash).toBe(fortySecond.hash);
    const chains = new StoredChains(app.dataSource, sealKey(await app.part(DataKeys).auditKey()));
    expect(await chains.verify(tenantId)).toEqual({
      ...{ status: 'whole', events: 2, head: { sequence: 44, hash: left[1]!.hash } },
    });
    const young = rows(app.dataSource, 'DELETE FROM audit_events WHERE tenant_id = $1', [tenantId]);
    await expect(young).rejects.toMatchObject({ code: '23001' });
  });
});
