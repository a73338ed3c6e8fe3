/**
 * What an instance's tools are switched on by. There is no name for all of them: who wants what cannot be taken back
 * (`dangerous`) has to say so.
 */
export const toolsets = ['core', 'drafts', 'organize', 'settings', 'changes', 'dangerous'] as const;
export type Toolset = (typeof toolsets)[number];

/** What an instance has unless it names others. */
export const defaultToolsets: readonly Toolset[] = ['core'];
