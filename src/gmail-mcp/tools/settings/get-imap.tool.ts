import { z } from 'zod';
import { defineTool } from '../define-tool.js';
import { readsSetting } from './setting-tool.js';

export const getImap = defineTool({
  ...readsSetting,
  name: 'get_imap',
  title: 'Get IMAP settings',
  description: 'Tells whether the mailbox may be read over IMAP, and what deleting there does.',
  inputSchema: z.strictObject({}),
  outputSchema: z.object({
    enabled: z.boolean(),
    autoExpunge: z.boolean(),
    expungeBehavior: z.string().nullable(),
    maxFolderSize: z.number(),
  }),
  handler: async (_input, { settings }) => {
    const { expungeBehavior = null, ...imap } = await settings.getImap();
    return { ...imap, expungeBehavior };
  },
});
