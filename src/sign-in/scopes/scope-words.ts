import type { PersonScope } from '../../instances/index.js';

/** What each scope lets a client do, for the person who decides. */
export const scopeWords = {
  'gmail:read': 'Read all of your mail and its attachments',
  'gmail:write': 'File your mail, write drafts, and move mail to the bin',
  'gmail:send': 'Send mail in your name',
  'gmail:settings': 'See and change your mail settings and filters',
} as const satisfies Record<PersonScope, string>;
