const hour = 3600;

/** A key signs for so long. */
export const signingSeconds = 90 * 24 * hour;
/** A new key is published for so long before it signs: clients and their caches know the old ones alone. */
const publishedAheadSeconds = 24 * hour;
/** ID tokens live no longer than this after their key was replaced. */
const verifiableSeconds = 24 * hour;

export interface AgedKey {
  id: string;
  /** Since it was made, by the database's clock. */
  ageSeconds: number;
}

export interface KeyRoles {
  /** What is published, the key that signs first of all. */
  published: string[];
  /** Whether another key has to be made. */
  needsNew: boolean;
  /** What no token needs any more. */
  ended: string[];
}

/** What each key is for: the newest that has been published long enough signs, with an overlap on both sides. */
export function signingKeyRoles(keys: readonly AgedKey[]): KeyRoles {
  const newestFirst = [...keys].sort((a, b) => a.ageSeconds - b.ageSeconds || (a.id < b.id ? -1 : 1));
  const [newest] = newestFirst;
  if (newest === undefined) return { published: [], needsNew: true, ended: [] };
  const known = newestFirst.filter(({ ageSeconds }) => ageSeconds >= publishedAheadSeconds);
  // The very first key, or what is left after an outage of months, signs at once.
  const signing = known[0] ?? newestFirst.at(-1) ?? newest;
  const replacedSeconds = signing.ageSeconds - publishedAheadSeconds;
  const ended = known.slice(1).filter(() => replacedSeconds >= verifiableSeconds);
  const endedIds = ended.map(({ id }) => id);
  const others = newestFirst.filter((key) => key !== signing && !endedIds.includes(key.id));
  return {
    published: [signing, ...others].map(({ id }) => id),
    needsNew: newest.ageSeconds >= signingSeconds,
    ended: endedIds,
  };
}
