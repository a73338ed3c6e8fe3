import { z } from 'zod';
import type { AuditEntry } from '../chain/chain-link.js';
import type { Json } from '../chain/canonical-json.js';
import { ChainWalk, unprunedBegin, type ChainPlace, type ChainVerdict } from './chain-walk.js';

/** A line of an export is no event of a chain. */
export class ExportUnreadable extends Error {
  override readonly name = 'ExportUnreadable';

  constructor(readonly line: number) {
    super(`Line ${line} is no event of an audit log`);
  }
}

const json: z.ZodType<Json> = z.json();
const object = z.record(z.string(), json);
const exportedEntry: z.ZodType<AuditEntry> = z.object({
  tenantId: z.string(),
  sequence: z.number().int(),
  at: z.string(),
  event: z.string(),
  actor: object,
  subject: object.nullable(),
  instanceId: z.string().nullable(),
  details: object,
  previousHash: z.string(),
  hash: z.string(),
  seal: z.string(),
});

/**
 * Walks an export of one chain, line by line. It may begin anywhere in the chain: what came before, its first event
 * says, and only a place noted earlier can show that it says so rightly.
 * @throws ExportUnreadable
 */
export async function verifyExport(
  lines: AsyncIterable<string>,
  { noted, sealKey }: { noted: readonly ChainPlace[]; sealKey: Buffer | null },
): Promise<{ tenantId: string | null; verdict: ChainVerdict }> {
  let walk: ChainWalk | null = null;
  let tenantId: string | null = null;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line === '') continue;
    const entry = entryOf(line, number);
    tenantId ??= entry.tenantId;
    if (entry.tenantId !== tenantId) throw new ExportUnreadable(number);
    walk ??= new ChainWalk({ begin: beginBefore(entry), noted, sealKey });
    if (!walk.next(entry)) break;
  }
  walk ??= new ChainWalk({ begin: unprunedBegin, noted, sealKey });
  return { tenantId, verdict: walk.conclude(null) };
}

function beginBefore({ sequence, previousHash }: AuditEntry): ChainPlace {
  return sequence === 1 ? unprunedBegin : { sequence: sequence - 1, hash: previousHash };
}

function entryOf(line: string, number: number): AuditEntry {
  try {
    return exportedEntry.parse(JSON.parse(line));
  } catch {
    throw new ExportUnreadable(number);
  }
}
