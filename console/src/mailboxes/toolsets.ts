import type { Mailbox } from './state-badge.js';

/** All that there are; the compiler names one that the document does not know. */
export const toolsetChoices = [
  'core',
  'drafts',
  'organize',
  'settings',
  'changes',
  'dangerous',
] as const satisfies readonly Mailbox['toolsets'][number][];
