import { z } from 'zod';
import { EvergrantError } from '../../errors/index.js';

/** More messages than this in one JSON-RPC array are refused: each of them may cost Gmail calls. */
export const maxBatchMessages = 20;

const toolCall = z.object({
  method: z.literal('tools/call'),
  params: z.object({ name: z.string() }),
});

interface CalledTools {
  names: ReadonlySet<string>;
  /** Whether the body holds nothing else. */
  callsOnlyTools: boolean;
}

/**
 * The tools that a JSON-RPC body calls. The body alone decides: the `Mcp-Name` header is the
 * client's word, and older revisions neither send nor check it.
 * @throws EvergrantError `VALIDATION_FAILED` for an array of more than {@link maxBatchMessages} messages.
 */
export function calledTools(body: unknown): CalledTools {
  const messages: unknown[] = Array.isArray(body) ? body : [body];
  if (messages.length > maxBatchMessages) {
    throw new EvergrantError('VALIDATION_FAILED', {
      message: `Invalid request: a JSON-RPC array may hold at most ${maxBatchMessages} messages`,
    });
  }
  const names = messages.flatMap((message) => {
    const call = toolCall.safeParse(message);
    return call.success ? [call.data.params.name] : [];
  });
  return { names: new Set(names), callsOnlyTools: names.length > 0 && names.length === messages.length };
}
