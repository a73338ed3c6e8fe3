/** What a key may do; routes declare which of these they need. */
export const apiRights = [
  'instances:read',
  'instances:write',
  'access-tokens:read',
  'access-tokens:wider',
  'audit:read',
  'policy:write',
  'approvals:decide',
  'people:read',
  'people:write',
  'webhooks:read',
  'webhooks:write',
] as const;
export type ApiRight = (typeof apiRights)[number];

/** What opens more has to be asked for: Google access tokens, what may leave mailboxes and who decides on it, people, and what is told to whom. */
export const defaultRights: readonly ApiRight[] = ['instances:read', 'instances:write'];

/** What is left of a key's rights in a browser: it never gets hold of a Google access token. */
export function rightsInBrowser(rights: ReadonlySet<ApiRight>): ReadonlySet<ApiRight> {
  return new Set([...rights].filter((right) => !right.startsWith('access-tokens:')));
}

/** What of the rights that are asked for their giver lacks: no caller hands out more than it may use itself. */
export function rightsBeyond(own: ReadonlySet<ApiRight>, asked: readonly ApiRight[]): ApiRight[] {
  return asked.filter((right) => !own.has(right));
}

/** Those of the stored rights that this release knows. */
export function knownRights(stored: readonly string[]): ReadonlySet<ApiRight> {
  return new Set(apiRights.filter((right) => stored.includes(right)));
}
