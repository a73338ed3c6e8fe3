import { z } from 'zod';

/** Where a search of several mailboxes goes on: of each that has more, its own page token; null for its beginning. */
export type SpanningPosition = ReadonlyMap<string, string | null>;

const mark = 'all~';
const written = z.array(z.tuple([z.string(), z.string().nullable()])).max(1000);

/** Opaque to clients. */
export function writeSpanning(position: SpanningPosition): string {
  return mark + Buffer.from(JSON.stringify([...position])).toString('base64url');
}

/** Null for a token that {@link writeSpanning} has not written, such as one of a single mailbox. */
export function readSpanning(pageToken: string): SpanningPosition | null {
  if (!pageToken.startsWith(mark)) return null;
  try {
    const text = Buffer.from(pageToken.slice(mark.length), 'base64url').toString();
    return new Map(written.parse(JSON.parse(text)));
  } catch {
    return null;
  }
}

/** How a search of one mailbox ended, of several. */
export interface SpannedEnd {
  id: string;
  /** Where it was asked to begin. */
  from: string | null;
  end: { status: 'found'; nextPageToken: string | undefined } | { status: 'failed'; mayPass: boolean };
}

/**
 * Where the search goes on; null where it is over. A mailbox that failed for now is asked again along with the others,
 * and alone by its name: it keeps no search from ending.
 */
export function nextSpanning(
  ended: readonly SpannedEnd[],
  waiting: readonly string[],
): SpanningPosition | null {
  const more = ended.flatMap(({ id, end }): [string, string][] =>
    end.status === 'found' && end.nextPageToken !== undefined ? [[id, end.nextPageToken]] : [],
  );
  const later = waiting.map((id): [string, null] => [id, null]);
  if (more.length + later.length === 0) return null;
  const again = ended.flatMap(({ id, from, end }): [string, string | null][] =>
    end.status === 'failed' && end.mayPass ? [[id, from]] : [],
  );
  return new Map<string, string | null>([...more, ...again, ...later]);
}
