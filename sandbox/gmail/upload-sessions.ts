import { randomUUID } from 'node:crypto';

/** All chunks but the last are of multiples of this. */
const chunkBytes = 256 * 1024;
const sessionLifeMs = 7 * 24 * 3_600_000;

/** One upload that comes in pieces. */
export interface UploadSession<Target> {
  target: Target;
  /** As announced; null if it was not. */
  totalBytes: number | null;
  received: Buffer;
  expiresAtMs: number;
}

/** `Content-Range` of a piece; without `start` it only asks how far the upload is. */
export interface ContentRange {
  start?: number;
  end?: number;
  total: number | null;
}

/** What becomes of a piece. */
export type UploadStep =
  | { kind: 'incomplete'; receivedBytes: number }
  | { kind: 'complete'; content: Buffer }
  | { kind: 'refused'; message: string };

/** Reads `bytes 0-99/1000`, `bytes 0-99/*` or `bytes *\/1000`; null for anything else. */
export function readContentRange(value: string): ContentRange | null {
  const [, start, end, total] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(value) ?? [];
  if (total === undefined) return null;
  return {
    ...(start !== undefined && end !== undefined && { start: Number(start), end: Number(end) }),
    total: total === '*' ? null : Number(total),
  };
}

/**
 * Resumable uploads that are on their way.
 * https://developers.google.com/workspace/gmail/api/guides/uploads#resumable
 */
export class UploadSessions<Target> {
  private readonly sessions = new Map<string, UploadSession<Target>>();

  open(target: Target, totalBytes: number | null, nowMs: number): string {
    const id = randomUUID();
    const expiresAtMs = nowMs + sessionLifeMs;
    this.sessions.set(id, { target, totalBytes, received: Buffer.alloc(0), expiresAtMs });
    return id;
  }

  find(id: string, nowMs: number): UploadSession<Target> | undefined {
    const session = this.sessions.get(id);
    return session !== undefined && session.expiresAtMs > nowMs ? session : undefined;
  }

  close(id: string): void {
    this.sessions.delete(id);
  }
}

/** Takes a piece into a session; without a range it is the whole mail. */
export function takePiece(
  session: UploadSession<unknown>,
  piece: Buffer,
  range: ContentRange | undefined,
): UploadStep {
  if (range === undefined) return { kind: 'complete', content: piece };
  const total = range.total ?? session.totalBytes;
  const { start, end } = range;
  if (start === undefined || end === undefined) return stepOf(session, total);
  const message = misfit(session, piece, { start, end, total });
  if (message !== null) return { kind: 'refused', message };
  session.received = Buffer.concat([session.received.subarray(0, start), piece]);
  return stepOf(session, total);
}

function misfit(
  { received }: UploadSession<unknown>,
  piece: Buffer,
  { start, end, total }: Required<ContentRange>,
): string | null {
  if (start > received.length) return 'Content-Range does not follow what was received';
  if (end - start + 1 !== piece.length) return 'Content-Range does not fit Content-Length';
  const isLast = total !== null && end + 1 >= total;
  return isLast || piece.length % chunkBytes === 0 ? null : 'A chunk has to be a multiple of 256 KiB';
}

function stepOf({ received }: UploadSession<unknown>, total: number | null): UploadStep {
  return total !== null && received.length >= total
    ? { kind: 'complete', content: received }
    : { kind: 'incomplete', receivedBytes: received.length };
}
