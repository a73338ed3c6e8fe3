import { allowInsecureRequests, customFetch } from 'oauth4webapi';
import { request as httpRequest, type Dispatcher } from 'undici';
import { outboundAgent, type OutboundProxy } from '../../resilience/index.js';
import { timeBudget } from '../time-budget.js';
import type { Unavailable } from '../token-exchange.js';
import { largestBodyBytes, type HttpAnswer } from './http-answer.js';
import { unanswered } from './unanswered.js';

/** As oauth4webapi asks for a request; it wants redirects answered as they are, which undici does by itself. */
interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: URLSearchParams | null | undefined;
  signal?: AbortSignal;
}

interface RequestOptions {
  signal: AbortSignal;
  [allowInsecureRequests]: boolean;
  [customFetch]: (url: string, init: FetchInit) => Promise<Response>;
}

/** Kept-alive connections to one provider, a deadline on every request. Redirects are not followed. */
export class ProviderConnection {
  private readonly agent: Dispatcher;

  constructor(
    private readonly deadlineMs: number,
    proxy: OutboundProxy | null,
  ) {
    this.agent = outboundAgent({
      connectTimeoutMs: timeBudget.providerConnectMs,
      proxy,
      maxResponseSize: largestBodyBytes,
    });
  }

  /**
   * Sends one request, built by oauth4webapi, to `url`; never throws for want of an answer. Ends by `deadline`, or
   * by the connection's own when the caller sets none.
   */
  async send(
    url: string,
    request: (options: RequestOptions) => Promise<Response>,
    deadline = AbortSignal.timeout(this.deadlineMs),
  ): Promise<HttpAnswer | Unavailable> {
    const answers: HttpAnswer[] = [];
    try {
      await request({
        signal: deadline,
        [allowInsecureRequests]: isLoopback(new URL(url)),
        // A fetch would do the same at several times the cost, for streams that are never read.
        [customFetch]: async (href, init) => {
          answers.push(await this.answer(href, init));
          return new Response();
        },
      });
      const [answer] = answers;
      if (!answer) throw new Error('Nothing was sent');
      return answer;
    } catch (error) {
      return unanswered(error);
    }
  }

  /** Gets a page, without a cookie and without following a redirect; never throws for want of an answer. */
  async get(url: string): Promise<HttpAnswer | Unavailable> {
    const init = { method: 'GET', headers: {}, signal: AbortSignal.timeout(this.deadlineMs) };
    return this.answer(url, init).catch(unanswered);
  }

  /** Waits for requests under way, each of which ends by its deadline. */
  async close(): Promise<void> {
    await this.agent.close();
  }

  private async answer(url: string, { method, headers, body, signal }: FetchInit): Promise<HttpAnswer> {
    const answer = await httpRequest(url, {
      dispatcher: this.agent,
      method: method as 'GET' | 'POST',
      headers,
      body: body?.toString() ?? null,
      signal: signal ?? null,
    });
    return {
      status: 'answered',
      httpStatus: answer.statusCode,
      headers: new Headers(Object.entries(answer.headers).flatMap(listed)),
      body: await answer.body.text().catch(() => null),
    };
  }
}

function listed([name, value]: [string, string | string[] | undefined]): [string, string][] {
  return [value ?? []].flat().map((each) => [name, each]);
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
