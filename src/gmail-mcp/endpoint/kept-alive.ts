import type { FastifyReply } from 'fastify';
import type { AnswerForm } from './accepted-form.js';
import { answerForms, keepAliveMs } from './answer-forms.js';
import { hijackReply } from './hijack-reply.js';

/**
 * Sends an answer once it is there, in the form for quick ones or, with signs of life until then, in that for slow ones.
 * @throws what the message rejects with, where nothing was sent yet; later that ends the connection
 */
export async function sendKeptAlive(
  reply: FastifyReply,
  message: Promise<string>,
  { quick, slow }: Record<'quick' | 'slow', AnswerForm>,
): Promise<void> {
  const keepAlive = setInterval(() => {
    if (!reply.sent) hijackReply(reply).writeHead(200, answerForms[slow].headers);
    reply.raw.write(answerForms[slow].signOfLife);
  }, keepAliveMs);
  try {
    const answer = await message;
    if (reply.sent) return void reply.raw.end(answerForms[slow].written(answer));
    const { headers, written } = answerForms[quick];
    // Without a serializer Fastify adds a charset to the type, which JSON has none of (RFC 8259, 11).
    void reply.headers(headers).serializer(asWritten).send(written(answer));
  } catch (failure) {
    if (!reply.sent) throw failure;
    // It has begun as an answer, and no other can be given: its client is not to wait for the end of it.
    reply.raw.destroy();
  } finally {
    clearInterval(keepAlive);
  }
}

function asWritten(answer: unknown): string {
  return String(answer);
}

/** The same for an answer of the SDK's, which shows life by itself only where it streams. */
export async function keptAlive(answer: Promise<Response>, slow: AnswerForm): Promise<Response> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, keepAliveMs, null)));
  const quick = await Promise.race([answer, late]).finally(() => clearTimeout(timer));
  return quick ?? new Response(withSignsOfLife(answer, slow), { headers: answerForms[slow].headers });
}

function withSignsOfLife(answer: Promise<Response>, slow: AnswerForm): ReadableStream<Uint8Array> {
  const { signOfLife, written } = answerForms[slow];
  const client = new AbortController();
  let keepAlive: NodeJS.Timeout;
  return new ReadableStream({
    start: (stream) => {
      const write = (text: string): void => stream.enqueue(new TextEncoder().encode(text));
      write(signOfLife);
      keepAlive = setInterval(write, keepAliveMs, signOfLife);
      answer
        .then(async (response) => {
          if (isStream(response)) {
            clearInterval(keepAlive);
            await passOn(response, stream, client.signal);
          } else write(written(await response.text()));
          stream.close();
        })
        .catch((failure: unknown) => stream.error(failure))
        .finally(() => clearInterval(keepAlive));
    },
    cancel: () => {
      clearInterval(keepAlive);
      client.abort();
    },
  });
}

function isStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') === true;
}

/** An answer that is a stream itself, of progress for one, shows life by itself. It is cancelled once its client has hung up. */
async function passOn(
  { body }: Response,
  stream: ReadableStreamDefaultController<Uint8Array>,
  hungUp: AbortSignal,
): Promise<void> {
  await body?.pipeTo(new WritableStream<Uint8Array>({ write: (chunk) => stream.enqueue(chunk) }), {
    signal: hungUp,
  });
}
