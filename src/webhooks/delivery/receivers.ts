import { Injectable } from '@nestjs/common';
import { request, type Dispatcher } from 'undici';
import { askPinned, Clock, networkFailure, retryAfterSeconds } from '../../resilience/index.js';
import { WebhooksOptions } from '../webhooks-options.js';
import { admittedFor, targetRefusal } from '../registry/webhook-target.js';
import type { ReceiverAnswer } from './receiver-answer.js';
import type { SignedMessage } from './signed-message.js';

/** An answer, and how long it took to have it. */
export interface TimedAnswer {
  answer: ReceiverAnswer;
  durationMs: number;
}

/**
 * Tells receivers. A tenant has chosen the URL, so that nothing leads to a host that is not on the public Internet, and
 * nothing of the answer but its status and `Retry-After` is looked at.
 */
@Injectable()
export class Receivers {
  constructor(
    private readonly options: WebhooksOptions,
    private readonly clock: Clock,
  ) {}

  /** POSTs a message once, without cookies or credentials; redirects are not followed. Never rejects. */
  async tell(href: string, message: SignedMessage): Promise<TimedAnswer> {
    const startedAtMs = this.clock.monotonicMs();
    const answer = await this.answer(href, message);
    return { answer, durationMs: Math.round(this.clock.monotonicMs() - startedAtMs) };
  }

  private async answer(href: string, message: SignedMessage): Promise<ReceiverAnswer> {
    const refusal = targetRefusal(href, this.options);
    // It was good when it was given: the deployment is another one by now.
    if (refusal !== null)
      return { status: 'not_asked', failure: this.options.isBehindProxy ? 'behind_proxy' : 'not_public' };
    const url = new URL(href);
    const { resolver, deadlineMs } = this.options;
    const reach = { admits: admittedFor(url, this.options), resolver, deadlineMs };
    try {
      const answer = await askPinned(url, reach, (dispatcher, deadline) =>
        post(url, message, dispatcher, deadline),
      );
      return answer ?? { status: 'not_asked', failure: 'not_public' };
    } catch (error) {
      return { status: 'failed', kind: networkFailure(error).kind };
    }
  }
}

async function post(
  url: URL,
  { body, headers }: SignedMessage,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<ReceiverAnswer> {
  const answer = await request(url, { dispatcher, signal, method: 'POST', body, headers });
  answer.body.on('error', () => undefined).destroy();
  const header = (name: string) => {
    const value = answer.headers[name];
    return typeof value === 'string' ? value : null;
  };
  const hints = { retryAfter: header('retry-after'), date: header('date') };
  const { statusCode: httpStatus } = answer;
  return { status: 'answered', httpStatus, retryAfterSeconds: retryAfterSeconds(hints, Date.now()) };
}
