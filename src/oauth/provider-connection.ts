import { allowInsecureRequests, customFetch } from 'oauth4webapi';
import { Agent, fetch } from 'undici';
import { classifyNetworkFailure } from './classify-network-failure.js';
import type { HttpAnswer } from './http-answer.js';
import type { Unavailable } from './token-exchange.js';

const connectTimeoutMs = 3_000;
const largestBodyBytes = 1_048_576;

interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: URLSearchParams | null;
  redirect: 'manual';
  signal?: AbortSignal;
}

type RequestOptions = ReturnType<ProviderConnection['requestOptions']>;

/** Kept-alive connections to one provider, a deadline on every request. Redirects are not followed. */
export class ProviderConnection {
  private readonly agent = new Agent({
    connect: { timeout: connectTimeoutMs },
    maxResponseSize: largestBodyBytes,
  });

  constructor(private readonly deadlineMs: number) {}

  /**
   * Sends one request, built by oauth4webapi, to `url`; never throws for want of an answer. Ends by `deadline`, or
   * by the connection's own when the caller sets none.
   */
  async send(
    url: string,
    request: (options: RequestOptions) => Promise<Response>,
    deadline = AbortSignal.timeout(this.deadlineMs),
  ): Promise<HttpAnswer | Unavailable> {
    try {
      const response = await request(this.requestOptions(url, deadline));
      return {
        status: 'answered',
        httpStatus: response.status,
        headers: response.headers,
        body: await response.text().catch(() => null),
      };
    } catch (error) {
      return classifyNetworkFailure(error);
    }
  }

  /** Waits for requests under way, each of which ends by its deadline. */
  async close(): Promise<void> {
    await this.agent.close();
  }

  private requestOptions(url: string, deadline: AbortSignal) {
    return {
      signal: deadline,
      [allowInsecureRequests]: isLoopback(new URL(url)),
      [customFetch]: (input: string, init: FetchInit) => fetch(input, { ...init, dispatcher: this.agent }),
    };
  }
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
