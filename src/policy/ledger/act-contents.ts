import { z } from 'zod';
import { EvergrantError } from '../../errors/index.js';
import type { PolicyReason } from '../rules/policy-reasons.js';
import type { ActSeal } from '../acts/act-seal.js';
import type { OutboundAct, OutboundRequest } from '../acts/outbound-act.js';
import type { StoredAct } from './stored-act.js';

/** An act without its request, and why it is held. */
export interface ActReading {
  act: ReadAct;
  reasons: readonly PolicyReason[];
}
export type ReadAct = OutboundAct extends infer Act
  ? Act extends OutboundAct
    ? Omit<Act, 'request'>
    : never
  : never;

type Place = Pick<StoredAct, 'id' | 'tenantId'>;

// What was sealed here is what was written here: the seal vouches for its fields.
const sealedObject = z.record(z.string(), z.unknown());

/** The texts of an act as they lie in its row. */
export async function sealedContents(
  seal: ActSeal,
  { id: actId, tenantId }: Place,
  { act, reasons }: { act: OutboundAct; reasons: readonly PolicyReason[] },
): Promise<{ reading: string | null; request: string }> {
  const { request, ...read } = act;
  const reading = JSON.stringify({ act: read, reasons });
  return {
    reading: reasons.length === 0 ? null : await seal.seal({ tenantId, actId, field: 'reading' }, reading),
    request: await seal.seal({ tenantId, actId, field: 'request' }, JSON.stringify(request)),
  };
}

/** @throws EvergrantError `NOT_FOUND` where there is none, as of an act that was never held */
export async function openReading(seal: ActSeal, act: StoredAct): Promise<ActReading> {
  if (act.sealedReading === null) throw new EvergrantError('NOT_FOUND');
  const place = { tenantId: act.tenantId, actId: act.id, field: 'reading' } as const;
  return opened(await seal.open(place, act.sealedReading)) as unknown as ActReading;
}

/** Null for an act that has ended. */
export async function openRequest(seal: ActSeal, act: StoredAct): Promise<OutboundRequest | null> {
  if (act.sealedRequest === null) return null;
  const place = { tenantId: act.tenantId, actId: act.id, field: 'request' } as const;
  return opened(await seal.open(place, act.sealedRequest)) as unknown as OutboundRequest;
}

function opened(text: string): Record<string, unknown> {
  return sealedObject.parse(JSON.parse(text));
}
