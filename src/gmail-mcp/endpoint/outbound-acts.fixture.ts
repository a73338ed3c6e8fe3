import { randomUUID } from 'node:crypto';
import { EMPTY } from 'rxjs';
import {
  ActDecisions,
  ActLeases,
  ActPruning,
  ActBytes,
  ActTexts,
  contentDigest,
  OutboundActs,
  OutboundRules,
  ReadMemory,
  recipientsOf,
  type PolicyReason,
  type OutboundAct,
  type OutboundRequest,
  type OutboundRuling,
  type RequestingClient,
  type StoredAct,
} from '../../policy/index.js';

interface Draft {
  sender: { id: string; tenantId: string };
  act: OutboundAct;
  key: string;
  reasons: readonly PolicyReason[];
  actor: { kind: string; id: string | null };
  client: RequestingClient | null;
}

/** The acts of one instance, in memory, and what the policy says of them. */
export class ScriptedActs {
  ruling: OutboundRuling = {
    ...{ decision: { verdict: 'allow' }, found: { recipients: [], copied: [] } },
    ...{ approvalLifeSeconds: 86_400, dryRun: false },
  };
  private readonly kept = new Map<string, { key: string; draft: Draft; act: StoredAct }>();

  /** In place of the policy module's. */
  providers() {
    return [
      { provide: OutboundActs, useValue: this.acts },
      { provide: ActLeases, useValue: this.leases },
      { provide: ActDecisions, useValue: { approved: EMPTY, expire: async () => 0 } },
      { provide: ActPruning, useValue: { prune: async () => undefined } },
      { provide: ReadMemory, useValue: { remember: () => undefined, rememberWritten: () => undefined } },
      ActBytes,
      { provide: ActTexts, useValue: this.texts },
      { provide: OutboundRules, useValue: { decide: async () => this.ruling } },
    ];
  }

  private readonly acts = {
    findByKey: async (_sender: unknown, key: string) =>
      [...this.kept.values()].find((each) => each.key === key && each.act.state !== 'not_sent')?.act ?? null,
    findByDraft: async (_sender: unknown, draftId: string) =>
      [...this.kept.values()].find(
        ({ act, draft }) =>
          ['approved', 'intended', 'unknown', 'done'].includes(act.state) &&
          draft.act.kind === 'send_draft' &&
          draft.act.request.draftId === draftId,
      )?.act ?? null,
    limitMet: async () => null,
    freeKey: async ({ id }: StoredAct) => void this.kept.delete(id),
    find: async (_tenantId: string, id: string) => this.kept.get(id)?.act ?? null,
    reasons: async ({ id }: StoredAct) => this.kept.get(id)?.draft.reasons ?? [],
    put: async (draft: Draft) => {
      const act = storedAct(draft);
      this.kept.set(act.id, { key: draft.key, draft, act });
      return { isNew: true, act, leaseId: act.state === 'held' ? null : randomUUID() };
    },
  };

  private readonly texts = {
    request: async ({ id }: StoredAct): Promise<OutboundRequest | null> =>
      this.kept.get(id)?.draft.act.request ?? null,
    reading: async () => null,
  };

  private readonly leases = {
    due: async () => [],
    textBytes: async () => 0,
    claim: async (_tenantId: string, id: string) => ({ act: this.kept.get(id)?.act, leaseId: randomUUID() }),
    begin: async ({ act }: { act: StoredAct }) => {
      act.begunSecondsAgo = 0;
      return 'begun';
    },
    settle: async ({ act }: { act: StoredAct }, settled: Pick<StoredAct, 'state' | 'outcome'>) =>
      Object.assign(act, { state: settled.state, outcome: settled.outcome }),
  };
}

function storedAct({ sender, act, reasons, actor, client }: Draft): StoredAct {
  const isHeld = reasons.length > 0;
  return {
    ...{ id: randomUUID(), tenantId: sender.tenantId, instanceId: sender.id, kind: act.kind },
    mcpTokenId: actor.kind === 'mcp-token' ? actor.id : null,
    personId: actor.kind === 'person' ? actor.id : null,
    ...{ clientId: client?.id ?? null, clientName: client?.name ?? null, clientHost: client?.host ?? null },
    ...{ state: isHeld ? 'held' : 'intended', verdict: isHeld ? 'ask' : 'allow' },
    ...{ contentDigest: contentDigest(act), reasons: reasons.map(({ code }) => code) },
    ...{ recipients: recipientsOf(act).length, readingBytes: 0, outcome: null },
    ...{ reservationId: null, leased: false, begunSecondsAgo: null, intendedSecondsAgo: 0, overdue: false },
    ...{ createdAt: new Date(), expiresAt: new Date('2026-08-02T12:00:00Z'), decidedAt: null },
    ...{ decidedBy: null, endedAt: null },
  };
}
