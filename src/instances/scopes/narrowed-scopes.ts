import { coversScope } from '../../gmail/index.js';

/**
 * What is left of the scopes of an instance to a token of fewer: what both cover. Null permits everything. Of two scopes
 * either one covers the other or they have nothing in common, so the narrower ones of both sides are all there is.
 */
export function narrowedScopes(asked: string[], permitted: readonly string[] | null): string[] {
  if (permitted === null) return asked;
  const kept = asked.filter((scope) => coversScope(permitted, scope));
  return [...new Set([...kept, ...permitted.filter((scope) => coversScope(asked, scope))])];
}
