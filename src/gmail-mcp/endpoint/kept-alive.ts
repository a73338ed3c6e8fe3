import type { FastifyReply } from 'fastify';
import type { AnswerForm } from './accepted-form.js';
import { answerForms, keepAliveMs } from './answer-forms.js';
import { hijackReply } from './hijack-reply.js';

/** Sends an answer once it is there, in the form for quick ones or, with signs of life until then, in that for slow ones. */
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
    const written = answerForms[quick].written(answer);
    // To the type of a string Fastify adds a charset, which JSON has none of (RFC 8259, 11); bytes take a second write.
    void reply.headers(answerForms[quick].headers).send(quick === 'json' ? Buffer.from(written) : written);
  } finally {
    clearInterval(keepAlive);
  }
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
  let keepAlive: NodeJS.Timeout;
  return new ReadableStream({
    start: (stream) => {
      const write = (text: string): void => stream.enqueue(new TextEncoder().encode(text));
      write(signOfLife);
      keepAlive = setInterval(write, keepAliveMs, signOfLife);
      answer
        .then(async (response) => {
          write(written(await response.text()));
          stream.close();
        })
        .catch((failure: unknown) => stream.error(failure))
        .finally(() => clearInterval(keepAlive));
    },
    cancel: () => clearInterval(keepAlive),
  });
}
