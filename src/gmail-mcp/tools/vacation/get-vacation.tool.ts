import { z } from 'zod';
import { defineTool } from '../define-tool.js';
import { readsSetting } from '../settings/setting-tool.js';
import { vacationOutput, vacationView } from './vacation-view.js';

export const getVacation = defineTool({
  ...readsSetting,
  name: 'get_vacation',
  title: 'Get vacation responder',
  description: 'Tells whether mail is answered automatically, when, to whom, and with what text.',
  inputSchema: z.strictObject({}),
  outputSchema: vacationOutput,
  handler: async (_input, { settings }) => vacationView(await settings.getVacation()),
});
