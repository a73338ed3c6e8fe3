import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { filterIdField, namingFilter } from './filter-id.js';

export const deleteFilter = defineTool({
  name: 'delete_filter',
  toolset: 'organize',
  title: 'Delete filter',
  description: 'Deletes a filter; the mail that it has filed stays as it is.',
  inputSchema: z.strictObject({ filterId: filterIdField }),
  outputSchema: z.object({ filterId: z.string(), deleted: z.literal(true) }),
  answer: { text: ({ filterId }) => [`filter ${filterId} was deleted`] },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.settingsBasic],
  handler: async ({ filterId }, { filters }) => {
    await filters.delete(filterId).catch((error: unknown) => {
      throw namingFilter(error);
    });
    return { filterId, deleted: true as const };
  },
});
