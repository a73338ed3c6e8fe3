import { EvergrantError } from '../../errors/index.js';

/** More messages than this in one JSON-RPC array are refused: each of them may cost Gmail calls. */
export const maxBatchMessages = 20;

interface CalledTools {
  names: ReadonlySet<string>;
  /** The resources that are read, which tools do as well. */
  uris: ReadonlySet<string>;
  /** Whether the body holds nothing but calls by name. */
  callsOnlyTools: boolean;
}

/**
 * The tools that a JSON-RPC body calls, and the resources that it reads. The body alone decides: the `Mcp-Name` header
 * is the client's word, and older revisions neither send nor check it.
 * @throws EvergrantError `VALIDATION_FAILED` for an array of more than {@link maxBatchMessages} messages.
 */
export function calledTools(body: unknown): CalledTools {
  const messages: unknown[] = Array.isArray(body) ? body : [body];
  if (messages.length > maxBatchMessages) {
    throw new EvergrantError('VALIDATION_FAILED', {
      message: `Invalid request: a JSON-RPC array may hold at most ${maxBatchMessages} messages`,
    });
  }
  const names = messages.flatMap((message) => parameterOf(message, 'tools/call', 'name') ?? []);
  const uris = messages.flatMap((message) => parameterOf(message, 'resources/read', 'uri') ?? []);
  return {
    names: new Set(names),
    uris: new Set(uris),
    callsOnlyTools: names.length > 0 && names.length === messages.length,
  };
}

/** By hand, since each request passes here, and a schema that refuses a message makes an error of it. */
function parameterOf(message: unknown, method: string, name: string): string | undefined {
  const asked = (message ?? {}) as { method?: unknown; params?: Record<string, unknown> | null };
  if (asked.method !== method) return undefined;
  const value = asked.params?.[name];
  return typeof value === 'string' ? value : undefined;
}
