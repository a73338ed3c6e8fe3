import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, TenantDatabase, type SqlExecutor } from '../../database/index.js';
import { GroupedWrites } from '../../resilience/index.js';
import type { ActSender } from '../acts/outbound-rules.js';
import { PolicyOptions } from '../policy-options.js';
import type { ReadIn } from './copied-runs.js';
import { Fingerprints, type SoughtWindow } from './fingerprints.js';
import { ownWindows } from './own-windows.js';

/** A text of a conversation that a tool has given out, or put into a draft. */
export interface ReadText {
  threadId: string;
  text: string;
}

/** What was read longer ago is forgotten. */
const rememberedHours = 24;
/** Of one instance, and as many of what it wrote; what was read longest ago is forgotten first. */
const mostHashes = 20_000;

const prunedAtOnce = 10_000;

interface Row {
  tenantId: string;
  instance_id: string;
  thread_id: string;
  text_hash: string;
  hashes: string[];
  written: boolean;
}

/** What instances have lately read, for all processes: in PostgreSQL. */
@Injectable()
export class ReadFingerprints {
  private readonly fingerprints: Fingerprints;
  private readonly writes = new GroupedWrites<Row, null>(
    { writesAtOnce: 2, itemsAtOnce: 50, patienceMs: 1_000 },
    ({ instance_id, thread_id, text_hash }) => `${instance_id} ${thread_id} ${text_hash}`,
    (group) => this.write(group),
  );

  constructor(
    private readonly database: TenantDatabase,
    private readonly dataSource: DataSource,
    { masterKeys }: PolicyOptions,
  ) {
    this.fingerprints = new Fingerprints(masterKeys);
  }

  /** Resolves when it can be found. What the connection has written there itself is no reading. */
  async keep(sender: ActSender, { threadId, text }: ReadText): Promise<void> {
    const { identity, hashes } = await this.fingerprints.remembered(sender.id, text, mostHashes);
    if (hashes.length === 0) return;
    const own = await this.writtenIn(sender, threadId);
    await this.add(sender, { thread_id: threadId, text_hash: identity, written: false }, [
      ...hashes.filter((hash) => !own.has(hash)),
    ]);
  }

  /** Keeps what a connection writes into a draft of a thread, but for what it has read anywhere before. */
  async keepWritten(sender: ActSender, { threadId, text }: ReadText): Promise<void> {
    const windows = await this.windowsOf(sender, text, []);
    const own = ownWindows(windows, await this.readIn(sender, windows)).slice(0, mostHashes);
    const identity = this.fingerprints.writtenIdentity(sender.id, text);
    await this.add(sender, { thread_id: threadId, text_hash: identity, written: true }, [
      ...new Set(own.flatMap(({ hashes: [current] }) => current ?? [])),
    ]);
  }

  private async add(
    { id, tenantId }: ActSender,
    row: Pick<Row, 'thread_id' | 'text_hash' | 'written'>,
    hashes: string[],
  ): Promise<void> {
    if (hashes.length > 0) await this.writes.add({ tenantId, instance_id: id, ...row, hashes });
  }

  private async writtenIn({ id, tenantId }: ActSender, threadId: string): Promise<ReadonlySet<string>> {
    const found = await this.database.rows<{ hash: string }>(
      tenantId,
      `SELECT DISTINCT hash::text AS hash FROM read_fingerprints r CROSS JOIN unnest(r.hashes) hash
       WHERE r.tenant_id = $1 AND r.instance_id = $2 AND r.thread_id = $3 AND r.written
         AND r.read_at > evergrant_now() - make_interval(hours => $4)`,
      [tenantId, id, threadId, rememberedHours],
    );
    return new Set(found.map(({ hash }) => hash));
  }

  /** The windows of a text; see {@link Fingerprints.sought}. */
  windowsOf({ id }: ActSender, text: string, added: readonly string[]): Promise<SoughtWindow[]> {
    return this.fingerprints.sought(id, text, added);
  }

  /** In which threads they were read within the last day. */
  async readIn({ id, tenantId }: ActSender, windows: readonly SoughtWindow[]): Promise<ReadIn> {
    const hashes = [...new Set(windows.flatMap((window) => window.hashes))];
    const readIn = new Map<string, Set<string>>();
    if (hashes.length === 0) return readIn;
    const found = await this.database.rows<{ hash: string; thread_id: string }>(
      tenantId,
      `SELECT DISTINCT hash::text AS hash, r.thread_id FROM read_fingerprints r CROSS JOIN unnest(r.hashes) hash
       WHERE r.tenant_id = $1 AND r.instance_id = $2 AND NOT r.written AND r.read_at > evergrant_now() - make_interval(hours => $4)
         AND hash = ANY ($3::bigint[])`,
      [tenantId, id, hashes, rememberedHours],
    );
    for (const { hash, thread_id } of found) readIn.set(hash, (readIn.get(hash) ?? new Set()).add(thread_id));
    return readIn;
  }

  /** Deletes what is too old, of all tenants. Several processes may do it at once. */
  async prune(): Promise<void> {
    await rows(
      this.dataSource,
      `DELETE FROM read_fingerprints WHERE (instance_id, thread_id, text_hash) IN (
         SELECT instance_id, thread_id, text_hash FROM read_fingerprints
         WHERE read_at < evergrant_now() - make_interval(hours => $1) LIMIT $2 FOR UPDATE SKIP LOCKED
       ) RETURNING text_hash`,
      [rememberedHours, prunedAtOnce],
    );
  }

  private async write(group: readonly Row[]): Promise<null[]> {
    for (const tenantId of new Set(group.map((row) => row.tenantId))) {
      const written = group.filter((row) => row.tenantId === tenantId);
      await this.database.transaction(tenantId, (executor) => writeOf(executor, tenantId, written));
    }
    return group.map(() => null);
  }
}

async function writeOf(executor: SqlExecutor, tenantId: string, written: readonly Row[]): Promise<void> {
  const instances = [...new Set(written.map(({ instance_id }) => instance_id))];
  await rows(
    executor,
    `INSERT INTO read_fingerprints (tenant_id, instance_id, thread_id, text_hash, hashes, written)
     SELECT i.tenant_id, i.id, r.thread_id, r.text_hash, r.hashes, r.written
     FROM jsonb_to_recordset($2::jsonb)
       AS r (instance_id uuid, thread_id text, text_hash bigint, hashes bigint[], written boolean)
     JOIN mcp_instances i ON i.id = r.instance_id AND i.tenant_id = $1
     ORDER BY i.id, r.thread_id, r.text_hash
     ON CONFLICT (instance_id, thread_id, text_hash) DO UPDATE SET read_at = evergrant_now(), hashes = excluded.hashes
     RETURNING text_hash`,
    [tenantId, JSON.stringify(written)],
  );
  await rows(
    executor,
    `DELETE FROM read_fingerprints d USING (
       SELECT instance_id, thread_id, text_hash, sum(cardinality(hashes)) OVER (
         PARTITION BY instance_id, written ORDER BY read_at DESC, thread_id, text_hash) AS total
       FROM read_fingerprints WHERE tenant_id = $1 AND instance_id = ANY ($2::uuid[])
     ) s
     WHERE d.tenant_id = $1 AND s.total > $3 AND d.instance_id = s.instance_id AND d.thread_id = s.thread_id
       AND d.text_hash = s.text_hash
     RETURNING d.text_hash`,
    [tenantId, instances, mostHashes],
  );
}
