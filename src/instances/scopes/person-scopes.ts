import { coversScope, gmailScopes } from '../../gmail/index.js';
import type { Toolset } from '../directory/toolsets.js';

/** What people let clients do with their mailboxes: the scopes of our own authorization server. */
export const personScopes = ['gmail:read', 'gmail:write', 'gmail:send', 'gmail:settings'] as const;
export type PersonScope = (typeof personScopes)[number];

interface PersonScopeRow {
  google: readonly string[];
  toolsets: readonly Toolset[];
  /** What it lets a client do, for the person who decides. */
  words: string;
}

/** What each is at Google, whose tools it opens, and what it means. */
const personScopeTable = {
  'gmail:read': {
    google: [gmailScopes.readonly],
    toolsets: ['core', 'changes'],
    words: 'Read all of your mail and its attachments',
  },
  'gmail:write': {
    google: [gmailScopes.modify],
    toolsets: ['core', 'drafts', 'organize'],
    words: 'Write drafts, label and file your mail, and move it to the bin',
  },
  'gmail:send': {
    google: [gmailScopes.send],
    toolsets: ['core'],
    words: 'Send mail in your name, as far as the rules of this server let it',
  },
  'gmail:settings': {
    google: [gmailScopes.settingsBasic],
    toolsets: ['organize', 'settings'],
    words: 'See and change your mail settings and filters',
  },
} as const satisfies Record<PersonScope, PersonScopeRow>;

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

/** What a scope lets a client do, for the person who decides. */
export function wordsOfScope(scope: PersonScope): string {
  return personScopeTable[scope].words;
}
