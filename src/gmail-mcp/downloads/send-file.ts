import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import type { AttachedFile } from '../../gmail/index.js';
import { downloadHeaders } from './download-headers.js';

/**
 * Answers with a file, as fast as the client takes it. Its length is not announced, since what Gmail says of it is no
 * promise; an answer that ends early is seen by its missing last chunk (RFC 9112, section 7.1).
 * @throws whatever the first bytes throw; what comes later only ends the answer
 */
export async function sendFile(
  reply: FastifyReply,
  file: AttachedFile,
  bytes: AsyncIterable<Buffer>,
): Promise<void> {
  const chunks = bytes[Symbol.asyncIterator]();
  const first = await chunks.next();
  const body = Readable.from(rest(first, chunks), { objectMode: false });
  void reply.headers(downloadHeaders(file)).send(body);
  // Fastify has ended the answer; the turn at Gmail is kept until then.
  await finished(body).catch(() => undefined);
}

async function* rest(
  first: IteratorResult<Buffer, unknown>,
  chunks: AsyncIterator<Buffer, unknown>,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for (let each = first; each.done !== true; each = await chunks.next()) yield each.value;
  } finally {
    await chunks.return?.();
  }
}
