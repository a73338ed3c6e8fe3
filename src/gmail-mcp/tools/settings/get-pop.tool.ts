import { z } from 'zod';
import { defineTool } from '../define-tool.js';
import { readsSetting } from './setting-tool.js';

export const getPop = defineTool({
  ...readsSetting,
  name: 'get_pop',
  title: 'Get POP settings',
  description: 'Tells which mail may be fetched over POP, and what becomes of it here.',
  inputSchema: z.strictObject({}),
  outputSchema: z.object({ accessWindow: z.string().nullable(), disposition: z.string().nullable() }),
  handler: async (_input, { settings }) => {
    const { accessWindow = null, disposition = null } = await settings.getPop();
    return { accessWindow, disposition };
  },
});
