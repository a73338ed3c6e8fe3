import { z } from 'zod';
import { defineTool } from '../define-tool.js';
import { watchesMailbox } from './watch-mailbox.tool.js';

export const stopWatch = defineTool({
  ...watchesMailbox,
  name: 'stop_watch',
  title: 'Stop watching',
  description: 'Ends what watch_mailbox began: its changes are told no more.',
  inputSchema: z.strictObject({}),
  outputSchema: z.object({ status: z.enum(['stopped', 'not_watched']) }),
  handler: async (_input, { watches }) => {
    const wasWatched = await watches.stop();
    return { status: wasWatched ? ('stopped' as const) : ('not_watched' as const) };
  },
});
