import { connectMailbox } from '../sandbox/index.js';
import { operatorKey } from './environment.js';
import type { ProductProcess } from './product-process.js';

/** A connected mailbox; each has an account at the provider of its own. */
export interface Mailbox {
  id: string;
  account: string;
}

export interface TokenAnswer {
  /** 0 when there was no answer. */
  status: number;
  accessToken?: string;
  stale?: boolean;
  errorCode?: string | null;
  requiresReauth?: boolean;
}

const answerLimitMs = 40_000;

/** Asks as programs and people do: over HTTP. */
export class Mailboxes {
  /** The accounts for which a sign-in was asked for, though no forced refresh had presented the token again. */
  readonly reauthentications: string[] = [];

  /** Makes and connects one. @throws Error when that does not succeed */
  async open(api: ProductProcess, account: string): Promise<Mailbox> {
    const { id } = await this.demand<{ id: string }>(api, '/api/instances', { name: account });
    const mailbox = { id, account };
    await this.connect(api, mailbox);
    return mailbox;
  }

  /** A person's consent. @throws Error when that does not succeed */
  async connect(api: ProductProcess, { id, account }: Mailbox): Promise<void> {
    const path = `/api/instances/${id}/start-oauth`;
    const { authorizationUrl } = await this.demand<{ authorizationUrl: string }>(api, path, {});
    const end = new URL(await connectMailbox(authorizationUrl, { account }));
    if (end.searchParams.get('connected') !== id) throw new Error(`${account} not connected: ${end.search}`);
  }

  async accessToken(api: ProductProcess, mailbox: Mailbox): Promise<TokenAnswer> {
    return this.noted(mailbox, await this.ask(api, mailbox, 'access-token?minTtlSeconds=1'));
  }

  /** Says that a token was rejected, and asks for another. */
  async anotherToken(api: ProductProcess, mailbox: Mailbox, rejectedToken: string): Promise<TokenAnswer> {
    return this.noted(mailbox, await this.ask(api, mailbox, 'refresh', { rejectedToken }));
  }

  /** A person's decision: asks the provider in any case, also with a token that may be spent. */
  forceRefresh(api: ProductProcess, mailbox: Mailbox): Promise<TokenAnswer> {
    return this.ask(api, mailbox, 'refresh', {});
  }

  private noted({ account }: Mailbox, answer: TokenAnswer): TokenAnswer {
    if (answer.requiresReauth === true) this.reauthentications.push(account);
    return answer;
  }

  /** Never rejects. */
  private async ask(api: ProductProcess, { id }: Mailbox, what: string, body?: object): Promise<TokenAnswer> {
    try {
      const response = await this.send(api, `/api/instances/${id}/${what}`, body);
      return { ...((await response.json()) as TokenAnswer), status: response.status };
    } catch {
      return { status: 0 };
    }
  }

  private async demand<Body>(api: ProductProcess, path: string, body: object): Promise<Body> {
    const response = await this.send(api, path, body);
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Body;
  }

  private send(api: ProductProcess, path: string, body?: object): Promise<Response> {
    return fetch(api.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      signal: AbortSignal.timeout(answerLimitMs),
      headers: {
        authorization: `Bearer ${operatorKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}
