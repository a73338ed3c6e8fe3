import { deepestPart } from './message-parts.js';

/** Real mail has a few dozen at most. */
const mostParts = 1_000;
const mostHeaders = 1_000;

interface RawPart {
  headers?: unknown;
  parts?: unknown;
  partsLeftOut?: boolean;
}

/**
 * Takes out of an answer of Gmail's, in place, what no real mail has: parts nested too deep or too many of them, and
 * parts with too many headers. The part that they were in says so in `partsLeftOut`. Without recursion, as the depth is
 * a stranger's, and before the answer is checked or copied, which costs more.
 */
export function boundParts(answer: unknown): void {
  if (!isRecord(answer)) return;
  const messages = Array.isArray(answer.messages) ? answer.messages : [answer];
  for (const message of messages) if (isRecord(message) && isRecord(message.payload)) bound(message.payload);
}

function bound(payload: RawPart): void {
  const open: { part: RawPart; depth: number }[] = [{ part: payload, depth: 0 }];
  let partsLeft = mostParts;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { part, depth } = next;
    delete part.partsLeftOut;
    if (hasTooManyHeaders(part)) leaveContentOut(part);
    if (!Array.isArray(part.parts)) continue;
    const children: unknown[] = part.parts;
    const kept = depth === deepestPart ? 0 : Math.min(children.length, partsLeft);
    partsLeft -= kept;
    if (kept < children.length) Object.assign(part, { parts: children.slice(0, kept), partsLeftOut: true });
    for (const child of children.slice(0, kept))
      if (isRecord(child)) open.push({ part: child, depth: depth + 1 });
  }
}

function hasTooManyHeaders({ headers }: RawPart): boolean {
  return Array.isArray(headers) && headers.length > mostHeaders;
}

/** What it is can no longer be told, so nothing of it is shown. */
function leaveContentOut(part: RawPart): void {
  const headers = (part.headers as unknown[]).slice(0, mostHeaders);
  Object.assign(part, { headers, parts: [], body: { size: 0 }, partsLeftOut: true });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
