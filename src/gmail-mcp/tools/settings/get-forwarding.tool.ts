import { z } from 'zod';
import { defineTool } from '../define-tool.js';
import { readsSetting } from './setting-tool.js';

export const getForwarding = defineTool({
  ...readsSetting,
  name: 'get_forwarding',
  title: 'Get forwarding',
  description: 'Tells whether all incoming mail is forwarded, to which address, and what becomes of it here.',
  inputSchema: z.strictObject({}),
  outputSchema: z.object({
    enabled: z.boolean(),
    email: z.string().nullable(),
    disposition: z.string().nullable(),
  }),
  handler: async (_input, { settings }) => {
    const { enabled, emailAddress = null, disposition = null } = await settings.getForwarding();
    return { enabled, email: emailAddress, disposition };
  },
});
