import type { FastifyReply, FastifyRequest } from 'fastify';

/** Parameters of MCP's own that clients write, for "none", as something that the protocol's schema refuses. */
const absentForms: ReadonlyMap<string, readonly unknown[]> = new Map([
  ['arguments', [null]],
  ['cursor', [null, '']],
  ['_meta', [null]],
]);

/**
 * Leaves out `arguments: null`, `cursor: ""` and their like, which some clients send for what they leave out. A hook of
 * Fastify's, before anything reads the body.
 */
export function withoutAbsentParameters(
  { body }: FastifyRequest,
  _reply: FastifyReply,
  done: (error?: Error) => void,
): void {
  for (const message of Array.isArray(body) ? body : [body]) {
    if (isFields(message)) leaveOutAbsent(message);
  }
  done();
}

function leaveOutAbsent(message: Record<string, unknown>): void {
  const { params } = message;
  if (params === null) delete message.params;
  if (!isFields(params)) return;
  const given = Object.entries(params).filter(([name, value]) => !absentForms.get(name)?.includes(value));
  message.params = Object.fromEntries(given);
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
