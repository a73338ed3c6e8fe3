import { gmailScopes } from '../../../gmail/index.js';

/** What all tools that read a setting have in common. */
export const readsSetting = {
  toolset: 'settings',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.settingsBasic, gmailScopes.readonly],
} as const;

/** What all tools that change one have in common. */
export const changesSetting = {
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
} as const;
