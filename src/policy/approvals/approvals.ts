import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import {
  rows,
  selectList,
  TenantDatabase,
  type Page,
  type PageRequest,
  type Projection,
} from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { OwnedMailbox } from '../../identity/index.js';
import { ActDecisions, type ActDecision } from '../ledger/act-decisions.js';
import { ActTexts } from '../ledger/act-texts.js';
import { OutboundActs } from '../ledger/outbound-acts.js';
import type { StoredAct } from '../ledger/stored-act.js';
import type { ActState } from '../acts/act-state.js';
import { approvalStatus, type Approval, type ApprovalStatus, type ApprovalSurroundings } from './approval.js';

/** Of an instance `i`, its tenant `t`, its credential `c` and who asked, if they are there: the MCP token `k`, or one of `people`. */
export const approvalSurroundings: Projection<ApprovalSurroundings> = {
  tenantName: 't.name',
  instanceName: 'i.name',
  mailbox: 'c.email',
  tokenName: 'k.name',
  personEmail: 'people.email',
};

/** The mailbox that an approval is about, and the account that it is connected to now. */
export interface LocatedApproval extends OwnedMailbox {
  provider: string | null;
  subject: string | null;
}

export const locatedApproval: Projection<LocatedApproval> = {
  tenantId: 'a.tenant_id',
  instanceId: 'a.instance_id',
  provider: 'c.provider',
  subject: 'c.subject',
};

export interface ApprovalFilter extends PageRequest {
  status?: ApprovalStatus | undefined;
  instanceId?: string | undefined;
}

const statesOf = {
  pending: ['held'],
  approved: ['approved', 'intended', 'done', 'not_sent', 'unknown'],
  rejected: ['rejected'],
  expired: ['expired'],
} as const satisfies Record<ApprovalStatus, readonly ActState[]>;

/** Held acts as people see them who decide. */
@Injectable()
export class Approvals {
  constructor(
    private readonly acts: OutboundActs,
    private readonly texts: ActTexts,
    private readonly decisions: ActDecisions,
    private readonly database: TenantDatabase,
    private readonly dataSource: DataSource,
  ) {}

  async list(tenantId: string, { status, instanceId, ...page }: ApprovalFilter): Promise<Page<StoredAct>> {
    return this.acts.listHeld(tenantId, {
      ...page,
      ...(status === undefined ? {} : { states: statesOf[status] }),
      ...(instanceId === undefined ? {} : { instanceId }),
    });
  }

  /**
   * Reads an approval, and counts what it holds in memory till `view` has made of it what is shown.
   * @throws EvergrantError `NOT_FOUND`, alike for what is unknown, another tenant's, or was never held;
   *   `SERVICE_UNAVAILABLE` where too much is read at once
   */
  async read<View>(tenantId: string, id: string, view: (approval: Approval) => View): Promise<View> {
    const stored = isId(id) ? await this.acts.find(tenantId, id) : null;
    if (stored?.verdict !== 'ask') throw noSuchApproval();
    const surroundings = await this.surroundingsOf(stored);
    return this.texts.withReading(stored, (reading) =>
      view({ stored, surroundings, act: reading?.act ?? null, reasons: reading?.reasons ?? [] }),
    );
  }

  /** Where an approval belongs: a link names no tenant. Null for none. */
  async locate(id: string): Promise<LocatedApproval | null> {
    if (!isId(id)) return null;
    const [found] = await rows<LocatedApproval>(
      this.dataSource,
      `SELECT ${selectList(locatedApproval)} FROM outbound_acts a
       JOIN mcp_instances i ON i.tenant_id = a.tenant_id AND i.id = a.instance_id
       LEFT JOIN mcp_credentials c ON c.tenant_id = i.tenant_id AND c.id = i.credential_id
       WHERE a.id = $1 AND a.verdict = 'ask'`,
      [id],
    );
    return found ?? null;
  }

  /**
   * Decides, once.
   * @throws EvergrantError `NOT_FOUND`; `CONFLICT` for what was decided, is over, has another content, or is approved
   *   though no one can read it any more; what refuses the count against the instance's limits
   */
  async decide(tenantId: string, id: string, decision: ActDecision): Promise<void> {
    if (!isId(id)) throw noSuchApproval();
    if (decision.decision === 'approve' && (await this.read(tenantId, id, isUnread))) throw unreadable();
    await this.decisions.decide(tenantId, id, decision);
  }

  private async surroundingsOf({
    tenantId,
    instanceId,
    mcpTokenId,
    personId,
  }: StoredAct): Promise<ApprovalSurroundings> {
    const [found] = await this.database.rows<ApprovalSurroundings>(
      tenantId,
      `SELECT ${selectList(approvalSurroundings)}
       FROM mcp_instances i JOIN tenants t ON t.id = i.tenant_id
       LEFT JOIN mcp_credentials c ON c.tenant_id = i.tenant_id AND c.id = i.credential_id
       LEFT JOIN mcp_tokens k ON k.tenant_id = i.tenant_id AND k.id = $3
       LEFT JOIN people ON people.tenant_id = i.tenant_id AND people.id = $4
       WHERE i.tenant_id = $1 AND i.id = $2`,
      [tenantId, instanceId, mcpTokenId, personId],
    );
    if (!found) throw noSuchApproval();
    return found;
  }
}

function isId(id: string): boolean {
  // PostgreSQL would refuse what is no UUID; to the caller it is merely unknown.
  return z.guid().safeParse(id).success;
}

/** What was decided already is told as that. */
function isUnread({ act, stored }: Approval): boolean {
  return act === null && approvalStatus(stored) === 'pending';
}

function unreadable(): EvergrantError {
  return new EvergrantError('CONFLICT', {
    reason: 'approval_unreadable',
    message: 'What is to be approved cannot be read any more: it can only be rejected, and asked for again',
  });
}

function noSuchApproval(): EvergrantError {
  return new EvergrantError('NOT_FOUND', { message: 'There is no such approval' });
}
