import { stringify } from 'node:querystring';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import inject, { type DispatchFunc } from 'light-my-request';
import { sourceOf } from '../../audit/index.js';
import { SignInOptions } from '../sign-in-options.js';
import { RequestTransactions } from '../storage/request-transactions.js';
import { asUnavailable, TemporarilyUnavailable } from '../issuer/temporarily-unavailable.js';
import { Issuer } from '../issuer/issuer.js';
import { duringRequest } from '../issuer/present-request.js';

/** An answer of the authorization server, before it is sent. */
export interface IssuerAnswer {
  status: number;
  headers: Record<string, string | readonly string[]>;
  body: string;
}

const formType = 'application/x-www-form-urlencoded';
/** What it is told of a request; the rest is Fastify's, or of no concern to it. */
const passedHeaders = ['accept', 'authorization', 'cookie', 'content-type'] as const;
const retryAfterSeconds = 5;

/**
 * Has oidc-provider answer a request. What it writes is committed before the answer is sent, and not at all where the
 * client is to try again. It is told our public URL, whatever a proxy wrote, and knows nothing of other routes.
 */
@Injectable()
export class IssuerAnswers {
  private readonly publicUrl: URL;

  constructor(
    private readonly issuer: Issuer,
    private readonly transactions: RequestTransactions,
    @Inject(SignInOptions) { publicUrl }: SignInOptions,
  ) {
    this.publicUrl = new URL(publicUrl);
  }

  /** @param instead of the target and the body that came */
  async to(request: FastifyRequest, instead: { url?: string; body?: unknown } = {}): Promise<IssuerAnswer> {
    const { url = request.url, body = request.body } = instead;
    try {
      return await duringRequest(sourceOf(request), () =>
        this.transactions.run(
          () => this.asked(request, url, body),
          ({ status }) => status >= 500,
        ),
      );
    } catch (thrown) {
      const unavailable = asUnavailable(thrown);
      if (unavailable instanceof TemporarilyUnavailable) return unavailableAnswer(unavailable);
      throw thrown;
    }
  }

  private async asked(request: FastifyRequest, url: string, body: unknown): Promise<IssuerAnswer> {
    const serve = (await this.issuer.provider()).callback();
    const handle: DispatchFunc = (message, response) => void serve(message, response);
    const { statusCode, headers, payload } = await inject(handle, {
      method: request.method as 'GET' | 'POST',
      url,
      headers: this.headersFor(request),
      ...(request.method === 'POST' ? { payload: payloadOf(request, body) } : {}),
    });
    return { status: statusCode, headers: kept(headers, statusCode), body: payload };
  }

  private headersFor({ headers }: FastifyRequest): Record<string, string> {
    const { host, protocol } = this.publicUrl;
    const passed = passedHeaders.flatMap((name) =>
      headers[name] === undefined ? [] : [[name, headers[name]]],
    );
    return {
      ...(Object.fromEntries(passed) as Record<string, string>),
      host,
      'x-forwarded-host': host,
      'x-forwarded-proto': protocol.slice(0, -1),
    };
  }
}

/** Sends it, with the headers that hooks have set. */
export async function sendAnswer(
  reply: FastifyReply,
  { status, headers, body }: IssuerAnswer,
): Promise<void> {
  await reply
    .headers(headers as Record<string, string>)
    .status(status)
    .send(body);
}

function payloadOf({ headers }: FastifyRequest, body: unknown): string {
  const isForm = (headers['content-type'] ?? '').startsWith(formType);
  return isForm ? stringify(body as Record<string, string>) : JSON.stringify(body ?? {});
}

/** Headers of CORS are Fastify's; a session of oidc-provider's own there is not. */
function kept(headers: Record<string, unknown>, status: number): IssuerAnswer['headers'] {
  const answered: IssuerAnswer['headers'] = {};
  for (const [name, value] of Object.entries(
    headers as Record<string, string | string[] | number | undefined>,
  )) {
    if (/^(access-control-|connection$|date$|content-length$|transfer-encoding$|vary$)/.test(name)) continue;
    if (name === 'set-cookie') answered[name] = [value].flat().map(String).filter(isKeptCookie);
    else if (Array.isArray(value)) answered[name] = value.map(String);
    else if (value !== undefined) answered[name] = String(value);
  }
  if (status === 503) answered['retry-after'] = String(retryAfterSeconds);
  return answered;
}

function isKeptCookie(line: string): boolean {
  return !/^[^=]*evergrant_as_(session|interaction)/.test(line);
}

export function unavailableAnswer({
  error,
  error_description,
  retryAfterSeconds: after,
}: TemporarilyUnavailable): IssuerAnswer {
  return {
    status: 503,
    headers: { 'content-type': 'application/json; charset=utf-8', 'retry-after': String(after) },
    body: JSON.stringify({ error, error_description }),
  };
}
