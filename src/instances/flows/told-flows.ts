import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection } from '../../database/index.js';
import { secretHash } from '../../identity/index.js';
import { consentFlow, type ConsentFlow } from './consent-flow.js';
import type { ConsentOutcome } from './consent-outcome.js';

/** A consent as a person is told of it. */
export interface ToldFlow extends ConsentFlow {
  tenantName: string;
  instanceName: string;
  /** What is asked for. */
  scopes: string[];
  /** The account that is connected, else the one that is required or hinted at. */
  expectedAccount: string | null;
  /** The account was connected before. */
  isReconnect: boolean;
  browserHash: string | null;
  /** Or its tenant is suspended, until it is resumed. */
  isExpired: boolean;
}

/** Of a flow `f`, its tenant `t`, its instance `i` and that one's credential `c`, if it has one. */
export const toldFlow: Projection<ToldFlow> = {
  ...consentFlow,
  tenantName: 't.name',
  instanceName: 'i.name',
  scopes: 'i.scopes',
  expectedAccount: 'coalesce(c.email, f.required_account, i.login_hint)',
  isReconnect: 'c.email IS NOT NULL',
  browserHash: 'f.browser_hash',
  isExpired: 'f.expires_at <= evergrant_now() OR t.suspended_at IS NOT NULL',
};

/** What a connect link means to the browser that opens it. */
export type OpenedLink =
  /** Its ticket is unspent. */
  | { status: 'unspent'; flow: ToldFlow }
  /** This browser spent it, and has not connected the mailbox yet. */
  | { status: 'begun'; flow: ToldFlow }
  /** This browser spent it, and the mailbox is connected. */
  | { status: 'connected'; flow: ToldFlow; outcome: ConsentOutcome }
  /** It is unknown (null), expired, or another browser spent it. */
  | { status: 'over'; flow: ToldFlow | null; outcome: ConsentOutcome };

/** What a link is, by its flow and the flow cookie that came along. */
export function openedLink(flow: ToldFlow | null, browserSecret: string | undefined): OpenedLink {
  const over = { status: 'over', flow, outcome: { error: 'state_expired' } } as const;
  if (!flow || flow.isExpired) return over;
  const { browserHash, outcome } = flow;
  if (browserHash === null) return { status: 'unspent', flow };
  if (browserSecret === undefined || secretHash(browserSecret) !== browserHash) return over;
  return outcome !== null && 'connected' in outcome
    ? { status: 'connected', flow, outcome }
    : { status: 'begun', flow };
}

/** Reads what our pages say of a consent; changes nothing. */
@Injectable()
export class ToldFlows {
  constructor(private readonly dataSource: DataSource) {}

  async ofTicket(ticket: string, browserSecret: string | undefined): Promise<OpenedLink> {
    return openedLink(await this.find('f.ticket_hash = $1', [secretHash(ticket)]), browserSecret);
  }

  /** The flow of this browser with the handle; null when there is none, or none any more. */
  async ofBrowser(handle: string, browserSecret: string): Promise<ToldFlow | null> {
    const flow = await this.find(`f.browser_hash = $1 AND ${consentFlow.handle} = $2`, [
      secretHash(browserSecret),
      handle,
    ]);
    return flow === null || flow.isExpired ? null : flow;
  }

  private async find(condition: string, parameters: unknown[]): Promise<ToldFlow | null> {
    const [flow] = await rows<ToldFlow>(
      this.dataSource,
      `SELECT ${selectList(toldFlow)}
       FROM oauth_flows f JOIN tenants t ON t.id = f.tenant_id JOIN mcp_instances i ON i.id = f.instance_id
       LEFT JOIN mcp_credentials c ON c.tenant_id = i.tenant_id AND c.id = i.credential_id
       WHERE ${condition}`,
      parameters,
    );
    return flow ?? null;
  }
}
