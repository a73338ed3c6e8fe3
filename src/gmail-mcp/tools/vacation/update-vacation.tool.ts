import { z } from 'zod';
import { gmailScopes, type Vacation } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { outboundInput } from '../writing/sent-answer.js';
import {
  foreseenAtOnce,
  settingAnswer,
  setAtOnce,
  settingFields,
  settingOutput,
} from '../settings/outbound-setting.js';
import { changesSetting } from '../settings/setting-tool.js';
import { shownVacation, vacationChange, vacationInput, vacationResource } from './vacation-change.js';

export const updateVacation = defineTool({
  ...changesSetting,
  name: 'update_vacation',
  toolset: 'settings',
  title: 'Update vacation responder',
  description:
    'Turns the automatic answer on or off, and sets its text. What is not named stays. It answers all who write.',
  inputSchema: z
    .strictObject({ ...vacationInput, ...outboundInput })
    .superRefine(({ startTime, endTime }, context) => {
      if (startTime === undefined || endTime === undefined || Date.parse(startTime) < Date.parse(endTime))
        return;
      context.addIssue({ code: 'custom', path: ['endTime'], message: 'it has to be after startTime' });
    }),
  outputSchema: settingOutput,
  answer: settingAnswer,
  scopes: [gmailScopes.settingsBasic],
  handler: async ({ idempotencyKey, dryRun, ...change }, { acts, settings }) => {
    const vacation: Vacation = vacationChange(await settings.getVacation(), change);
    const body = vacationResource(vacation);
    if (!vacation.enableAutoReply) {
      if (dryRun) return foreseenAtOnce;
      await settings.updateVacation(body);
      return setAtOnce;
    }
    const request = { method: 'settings', verb: 'PUT', path: 'vacation', body } as const;
    const act = { kind: 'vacation', recipients: [], settings: shownVacation(vacation), request } as const;
    return settingFields(await acts.perform(act, { idempotencyKey, dryRun }));
  },
});
