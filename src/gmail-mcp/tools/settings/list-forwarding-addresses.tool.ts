import { z } from 'zod';
import { defineTool } from '../define-tool.js';
import { readsSetting } from './setting-tool.js';

export const listForwardingAddresses = defineTool({
  ...readsSetting,
  name: 'list_forwarding_addresses',
  title: 'List forwarding addresses',
  description: 'Lists the addresses that mail may be forwarded to once they are verified.',
  inputSchema: z.strictObject({}),
  outputSchema: z.object({ addresses: z.array(z.object({ email: z.string(), verified: z.boolean() })) }),
  handler: async (_input, { settings }) => ({
    addresses: (await settings.listForwardingAddresses()).map(({ forwardingEmail, verificationStatus }) => ({
      email: forwardingEmail,
      verified: verificationStatus === 'accepted',
    })),
  }),
});
