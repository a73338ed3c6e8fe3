import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { invalidArgument } from './gmail-error.js';

/** "Maximum file size" on the pages of messages.send and drafts.create. */
export const largestBodyBytes = 36_700_160;

/** Reads JSON in this scope, as the rest of Google's does not. */
export function acceptJson(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: largestBodyBytes },
    async (_request: unknown, body: string | Buffer): Promise<unknown> => {
      try {
        return JSON.parse(body.toString());
      } catch {
        throw invalidArgument('Invalid JSON payload received.');
      }
    },
  );
}

/** @throws GmailError 400 for a field that does not exist, or is of another type. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidArgument(
    issue?.code === 'unrecognized_keys'
      ? `Invalid JSON payload received. Unknown name "${issue.keys[0] ?? ''}": Cannot find field.`
      : `Invalid value at '${issue?.path.join('.') ?? ''}'`,
  );
}

const labelIds = z.array(z.string()).default([]);

export const modifyBody = z.strictObject({ addLabelIds: labelIds, removeLabelIds: labelIds });

/** "There is a limit of 1000 ids per request", on the pages of messages.batchModify and batchDelete. */
const ids = z.array(z.string()).default([]);

export const batchModifyBody = z.strictObject({ ids, addLabelIds: labelIds, removeLabelIds: labelIds });
export const batchDeleteBody = z.strictObject({ ids });

/** `Message`; what only Gmail sets is accepted and not looked at. */
export const messageBody = z.strictObject({
  raw: z.string().optional(),
  threadId: z.string().optional(),
  id: z.unknown().optional(),
  labelIds: z.unknown().optional(),
  snippet: z.unknown().optional(),
  payload: z.unknown().optional(),
});
export type MessageBody = z.output<typeof messageBody>;

/** `Draft`. */
export const draftBody = z.strictObject({ id: z.unknown().optional(), message: messageBody.default({}) });

/** The draft to send; with a message that takes the place of its own. */
export const sentDraftBody = z.strictObject({ id: z.string().default(''), message: messageBody.optional() });

/** @throws GmailError 400 when there is none, or it is no base64url. */
export function readRaw({ raw }: MessageBody): Buffer {
  if (raw === undefined || raw === '') {
    throw invalidArgument(
      "'raw' RFC822 payload message string or uploading message via /upload/* URL required",
    );
  }
  if (!/^[\w-]+={0,2}$/.test(raw)) throw invalidArgument('Invalid value for ByteString');
  return Buffer.from(raw, 'base64url');
}
