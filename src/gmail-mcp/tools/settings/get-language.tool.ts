import { z } from 'zod';
import { defineTool } from '../define-tool.js';
import { readsSetting } from './setting-tool.js';

export const getLanguage = defineTool({
  ...readsSetting,
  name: 'get_language',
  title: 'Get language',
  description: "Tells the language of the owner's Gmail pages.",
  inputSchema: z.strictObject({}),
  outputSchema: z.object({ language: z.string() }),
  handler: async (_input, { settings }) => ({ language: await settings.getLanguage() }),
});
