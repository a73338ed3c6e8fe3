import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditChain, type Actor, type RequestSource } from '../../audit/index.js';
import {
  decodeCursor,
  pageOf,
  rows,
  selectList,
  TenantDatabase,
  type Page,
  type PageRequest,
  type SqlExecutor,
} from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { PolicyReason } from '../rules/policy-reasons.js';
import { SendQuota } from '../sending/send-quota.js';
import { limitForModel } from '../sending/send-refusal.js';
import { actEvent } from './act-audit.js';
import { sealedContents } from './act-contents.js';
import { ActTexts } from './act-texts.js';
import { contentDigest } from '../acts/act-digest.js';
import { leaseSeconds, secondsToCarryOut } from './act-leases.js';
import { ActSeal, ActUnreadable } from '../acts/act-seal.js';
import type { ActState } from '../acts/act-state.js';
import type { RequestingClient } from '../acts/requesting-client.js';
import { recipientsOf, type OutboundAct } from '../acts/outbound-act.js';
import type { ActSender, FoundFacts } from '../acts/outbound-rules.js';
import { storedAct, type StoredAct } from './stored-act.js';

/** So many acts of an instance wait for a person at once: each keeps its whole content. */
const mostHeld = 50;
/** Of drafts that are on their way out at once, so many are looked through for one. */
const mostOpenDrafts = 100;

/** An act that was decided on and is not there yet. */
export interface NewAct {
  sender: ActSender;
  act: OutboundAct;
  /** Under which it is done once; see `actKey`. */
  key: string;
  /** Why a person has to decide; empty for one that is allowed. */
  reasons: readonly PolicyReason[];
  /** By what it was decided on. */
  found: FoundFacts;
  approvalLifeSeconds: number;
  /** Who asks for it. */
  actor: Actor;
  /** The client through which a person asks; null for an MCP token. */
  client: RequestingClient | null;
  source: RequestSource;
}

/** An act as it was put, or the one that was there under its key. */
export interface PutAct {
  isNew: boolean;
  act: StoredAct;
  /** The lease of the one who has put it, if it is to be carried out now. */
  leaseId: string | null;
}

/** Acts of instances, in the database. */
@Injectable()
export class OutboundActs {
  constructor(
    private readonly database: TenantDatabase,
    private readonly seal: ActSeal,
    private readonly texts: ActTexts,
    private readonly quota: SendQuota,
    private readonly chain: AuditChain,
  ) {}

  /**
   * The limit that an act to so many recipients would meet at this moment; null for none. Nothing is counted.
   * @throws EvergrantError `NOT_FOUND` for an instance that is gone
   */
  async limitMet(sender: ActSender, recipients: number): Promise<string | null> {
    const decision = await this.database.transaction(sender.tenantId, (executor) =>
      this.quota.foreseenWithin(executor, sender, recipients),
    );
    return decision.verdict === 'allowed' ? null : limitForModel(decision);
  }

  /** The act that lives under a key of an instance; null for none. */
  async findByKey({ tenantId, id }: ActSender, key: string): Promise<StoredAct | null> {
    const [found] = await this.database.rows<StoredAct>(
      tenantId,
      `SELECT ${selectList(storedAct)} FROM outbound_acts
       WHERE tenant_id = $1 AND instance_id = $2 AND idempotency_key = $3 AND NOT (${keyHasEnded})`,
      [tenantId, id, key],
    );
    return found ?? null;
  }

  /**
   * The act that has sent a draft of an instance, or may have; null for none. A held one is none: whether its draft is
   * there is for Gmail to say.
   */
  async findByDraft({ tenantId, id }: ActSender, draftId: string): Promise<StoredAct | null> {
    const found = await this.database.rows<StoredAct>(
      tenantId,
      `SELECT ${selectList(storedAct)} FROM outbound_acts
       WHERE tenant_id = $1 AND instance_id = $2 AND kind = 'send_draft'
         AND (state = 'done' AND result ->> 'draftId' = $3 OR state IN ('approved', 'intended', 'unknown'))
       ORDER BY state = 'done' DESC, created_at DESC LIMIT ${mostOpenDrafts}`,
      [tenantId, id, draftId],
    );
    for (const act of found) {
      if (act.state === 'done') return act;
      if ((await this.draftOf(act)) === draftId) return act;
    }
    return null;
  }

  private async draftOf(act: StoredAct): Promise<string | undefined> {
    const request = await this.texts.request(act).catch(nullIfUnreadable);
    if (request?.method === 'drafts.send') return request.draftId;
    // It may have ended since it was read.
    const now = await this.find(act.tenantId, act.id);
    return now?.outcome?.status === 'done' ? now.outcome.draftId : undefined;
  }

  /** Frees the key of an act that has ended: what was done was undone since, and may be done anew. */
  async freeKey({ tenantId, id }: StoredAct): Promise<void> {
    await this.database.rows(
      tenantId,
      `UPDATE outbound_acts SET idempotency_key = NULL
       WHERE tenant_id = $1 AND id = $2 AND ended_at IS NOT NULL RETURNING id`,
      [tenantId, id],
    );
  }

  async find(tenantId: string, id: string): Promise<StoredAct | null> {
    const [found] = await this.database.rows<StoredAct>(
      tenantId,
      `SELECT ${selectList(storedAct)} FROM outbound_acts WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id],
    );
    return found ?? null;
  }

  /** Acts that are held for a person or were, newest first. */
  async listHeld(
    tenantId: string,
    {
      limit,
      cursor,
      states,
      instanceId,
    }: PageRequest & { states?: readonly ActState[]; instanceId?: string },
  ): Promise<Page<StoredAct & { position: string }>> {
    const after = decodeCursor(cursor);
    const found = await this.database.rows<StoredAct & { position: string }>(
      tenantId,
      `SELECT ${selectList(storedAct)}, created_at::text AS position FROM outbound_acts
       WHERE tenant_id = $1 AND verdict = 'ask' AND ($2::text[] IS NULL OR state = ANY ($2))
         AND ($3::uuid IS NULL OR instance_id = $3)
         AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $6`,
      [tenantId, states ?? null, instanceId ?? null, after?.position ?? null, after?.id ?? null, limit + 1],
    );
    return pageOf(found, limit);
  }

  /** Why a person has to decide, as far as it can be read. */
  async reasons(act: StoredAct): Promise<readonly PolicyReason[]> {
    return this.texts.withReading(
      act,
      (reading) => reading?.reasons ?? act.reasons.map((code) => ({ code, subjects: [] })),
    );
  }

  /**
   * Puts an act: held, where there are reasons to ask, or intended, counted against its instance's limits and leased to
   * the caller. One act of an instance after the other, so that of several under one key the first counts.
   * @throws EvergrantError what refuses the count; `RATE_LIMITED` for too many that are held; `NOT_FOUND` for an instance
   *   that is gone
   */
  async put(draft: NewAct): Promise<PutAct> {
    const { tenantId } = draft.sender;
    const id = randomUUID();
    await this.seal.prepare(tenantId);
    const contents = await sealedContents(this.seal, { id, tenantId }, draft);
    return this.database.transaction(tenantId, async (executor) => {
      await lockInstance(executor, draft.sender);
      const earlier = await this.earlier(executor, draft);
      if (earlier !== undefined) return { isNew: false, act: earlier, leaseId: null };
      return this.insert(executor, id, draft, contents);
    });
  }

  private async earlier(executor: SqlExecutor, { sender, key }: NewAct): Promise<StoredAct | undefined> {
    const place = [sender.tenantId, sender.id, key];
    await rows(
      executor,
      `UPDATE outbound_acts SET idempotency_key = NULL
       WHERE tenant_id = $1 AND instance_id = $2 AND idempotency_key = $3 AND ${keyHasEnded}`,
      place,
    );
    const [found] = await rows<StoredAct>(
      executor,
      `SELECT ${selectList(storedAct)} FROM outbound_acts
       WHERE tenant_id = $1 AND instance_id = $2 AND idempotency_key = $3`,
      place,
    );
    return found;
  }

  private async insert(
    executor: SqlExecutor,
    id: string,
    draft: NewAct,
    contents: { reading: string; request: string },
  ): Promise<PutAct> {
    const { sender, act, key, reasons, approvalLifeSeconds, actor, source } = draft;
    const recipients = recipientsOf(act);
    const isHeld = reasons.length > 0;
    if (isHeld) await refuseTooMany(executor, sender);
    const reservationId = isHeld ? null : await this.quota.reserveWithin(executor, sender, recipients.length);
    const leaseId = isHeld ? null : randomUUID();
    const [inserted] = await rows<StoredAct>(
      executor,
      `INSERT INTO outbound_acts (id, tenant_id, instance_id, kind, idempotency_key, content_digest, state, verdict,
         reasons, recipients, reading, request, reservation_id, lease_id, leased_until, retry_at, expires_at,
         mcp_token_id, person_id, client_id, client_name, client_host)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
         CASE WHEN $14::uuid IS NOT NULL THEN evergrant_now() + make_interval(secs => $15) END,
         evergrant_now() + make_interval(secs => CASE WHEN $14::uuid IS NULL THEN $16 ELSE $15 END),
         evergrant_now() + make_interval(secs => $16), $17, $18, $19, $20, $21
       RETURNING ${selectList(storedAct)}`,
      [
        ...[id, sender.tenantId, sender.id, act.kind, key, contentDigest(act)],
        ...[isHeld ? 'held' : 'intended', isHeld ? 'ask' : 'allow', reasons.map(({ code }) => code)],
        ...[recipients.length, contents.reading, contents.request, reservationId, leaseId],
        ...[leaseSeconds, isHeld ? approvalLifeSeconds : secondsToCarryOut],
        ...requesterColumns(draft),
      ],
    );
    if (!inserted) throw new Error('PostgreSQL told nothing of the act');
    const event = isHeld ? 'act.held' : 'act.intended';
    await this.chain.append(
      executor,
      sender.tenantId,
      actEvent(event, inserted, { actor, source, recipients }),
    );
    return { isNew: true, act: inserted, leaseId };
  }
}

/** What provably was not sent may be tried again at once; what is overdue, the sweep has not come by yet. */
const keyHasEnded = `(state IN ('not_sent', 'expired') OR state = 'held' AND expires_at <= evergrant_now()
  OR ended_at IS NOT NULL AND key_expires_at <= evergrant_now())`;

/** One that does not open is ended when it is to be carried out. */
function nullIfUnreadable(thrown: unknown): null {
  if (thrown instanceof ActUnreadable) return null;
  throw thrown;
}

/** The id of the MCP token or of the person, and the client's id, name and host. */
function requesterColumns({ actor, client }: NewAct): readonly (string | null)[] {
  const { id = null, name = null, host = null } = client ?? {};
  return [
    actor.kind === 'mcp-token' ? actor.id : null,
    actor.kind === 'person' ? actor.id : null,
    ...[id, name, host],
  ];
}

async function lockInstance(executor: SqlExecutor, { tenantId, id }: ActSender): Promise<void> {
  // A statement of its own, so that the next one sees what was put while this one waited.
  const [locked] = await rows<{ id: string }>(
    executor,
    'SELECT id FROM mcp_instances WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE',
    [tenantId, id],
  );
  if (!locked) throw new EvergrantError('NOT_FOUND', { message: 'There is no such instance' });
}

async function refuseTooMany(executor: SqlExecutor, { tenantId, id }: ActSender): Promise<void> {
  const [held] = await rows<{ count: number }>(
    executor,
    `SELECT count(*)::int AS count FROM outbound_acts
     WHERE tenant_id = $1 AND instance_id = $2 AND state = 'held' AND expires_at > evergrant_now()`,
    [tenantId, id],
  );
  if ((held?.count ?? 0) < mostHeld) return;
  throw new EvergrantError('RATE_LIMITED', {
    reason: 'held_acts',
    retryAfterSeconds: 300,
    message: `Nothing was sent: ${mostHeld} acts wait for a person to decide already`,
  });
}
