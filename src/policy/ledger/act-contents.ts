import type { PolicyReason } from '../rules/policy-reasons.js';
import type { FoundFacts } from '../acts/outbound-rules.js';
import type { ActSeal } from '../acts/act-seal.js';
import type { OutboundAct } from '../acts/outbound-act.js';
import type { StoredAct } from './stored-act.js';

/** An act without its request, why it is held, and by what it was decided on. */
export interface ActReading {
  act: ReadAct;
  /** Empty for one that was allowed. */
  reasons: readonly PolicyReason[];
  found: FoundFacts;
}
export type ReadAct = OutboundAct extends infer Act
  ? Act extends OutboundAct
    ? Omit<Act, 'request'>
    : never
  : never;

/** The texts of an act as they lie in its row. */
export async function sealedContents(
  seal: ActSeal,
  { id: actId, tenantId }: Pick<StoredAct, 'id' | 'tenantId'>,
  { act, reasons, found }: Omit<ActReading, 'act'> & { act: OutboundAct },
): Promise<{ reading: string; request: string }> {
  const { request, ...read } = act;
  const reading = JSON.stringify({ act: read, reasons, found });
  return {
    reading: await seal.seal({ tenantId, actId, field: 'reading' }, reading),
    request: await seal.seal({ tenantId, actId, field: 'request' }, JSON.stringify(request)),
  };
}
