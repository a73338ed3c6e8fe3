import { coversScope, gmailScopes } from '../../gmail/index.js';
import type { Toolset } from '../directory/toolsets.js';

/** What people let clients do with their mailboxes: the scopes of our own authorization server. */
export const personScopes = ['gmail:read', 'gmail:write', 'gmail:send', 'gmail:settings'] as const;
export type PersonScope = (typeof personScopes)[number];

/** What each is at Google, and whose tools it opens. */
export const personScopeTable = {
  'gmail:read': { google: [gmailScopes.readonly], toolsets: ['core', 'changes'] },
  'gmail:write': { google: [gmailScopes.modify], toolsets: ['core', 'drafts', 'organize'] },
  'gmail:send': { google: [gmailScopes.send], toolsets: ['core'] },
  'gmail:settings': { google: [gmailScopes.settingsBasic], toolsets: ['organize', 'settings'] },
} as const satisfies Record<PersonScope, { google: readonly string[]; toolsets: readonly Toolset[] }>;

/** Those of the given that are scopes of ours, in their order. */
export function knownPersonScopes(given: readonly string[]): PersonScope[] {
  return personScopes.filter((scope) => given.includes(scope));
}

/** What Google has to be asked for. */
export function googleScopesOf(scopes: readonly PersonScope[]): string[] {
  const all = scopes.flatMap((scope): readonly string[] => personScopeTable[scope].google);
  // What a wider one of them covers is not asked for beside it: `gmail.modify` reads and sends as well.
  return [...new Set(all)].filter(
    (scope) => !all.some((other) => other !== scope && coversScope([other], scope)),
  );
}

/** Whose tools they open, in the order in which toolsets are named. */
export function toolsetsOf(scopes: readonly PersonScope[]): Toolset[] {
  return [...new Set(scopes.flatMap((scope): readonly Toolset[] => personScopeTable[scope].toolsets))];
}

/** Which scopes of ours a grant at Google serves. */
export function servedPersonScopes(googleScopes: readonly string[]): PersonScope[] {
  return personScopes.filter((scope) =>
    personScopeTable[scope].google.every((needed) => coversScope(googleScopes, needed)),
  );
}
