import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { outboundInput } from '../writing/sent-answer.js';
import {
  foreseenAtOnce,
  settingAnswer,
  setAtOnce,
  settingFields,
  settingOutput,
} from './outbound-setting.js';
import { changesSetting } from './setting-tool.js';

export const updateForwarding = defineTool({
  ...changesSetting,
  name: 'update_forwarding',
  toolset: 'dangerous',
  title: 'Update forwarding',
  description:
    'Turns the forwarding of all incoming mail on, to a verified address, or off. Only where the user asked for just that.',
  inputSchema: z
    .strictObject({
      enabled: z.boolean(),
      email: z.email().optional(),
      disposition: z.enum(['leaveInInbox', 'archive', 'trash', 'markRead']).default('leaveInInbox'),
      ...outboundInput,
    })
    .refine(({ enabled, email }) => !enabled || email !== undefined, {
      path: ['email'],
      error: 'give the address to forward to',
    }),
  outputSchema: settingOutput,
  answer: settingAnswer,
  scopes: [gmailScopes.settingsSharing],
  handler: async ({ enabled, email = '', disposition, idempotencyKey, dryRun }, { acts, settings }) => {
    if (!enabled) {
      if (dryRun) return foreseenAtOnce;
      await settings.updateForwarding({ enabled });
      return setAtOnce;
    }
    const body = { enabled, emailAddress: email, disposition };
    const request = { method: 'settings', verb: 'PUT', path: 'autoForwarding', body } as const;
    const shown = [
      { name: 'Forwarding of all incoming mail', value: 'on' },
      { name: 'To', value: email },
      { name: 'The mail itself', value: disposition },
    ];
    const recipients = [email];
    const act = { kind: 'forwarding', recipients, settings: shown, request } as const;
    return settingFields(
      await acts.perform(act, { idempotencyKey, dryRun }).catch((error: unknown) => {
        if (!(error instanceof EvergrantError) || error.code !== 'VALIDATION_FAILED') throw error;
        const message =
          'Gmail does not forward to the address in "email": list_forwarding_addresses tells to which';
        throw new EvergrantError('VALIDATION_FAILED', { field: 'email', message, cause: error });
      }),
    );
  },
});
