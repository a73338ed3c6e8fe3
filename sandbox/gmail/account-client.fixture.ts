import { expect } from '@jest/globals';
import type { OAuthClient } from '../testing/oauth-client.js';

export interface GmailReference {
  id: string;
  threadId: string;
  labelIds?: string[];
}

interface Change {
  message: GmailReference;
  labelIds?: string[];
}

/** What a spec asks of one account's Gmail. */
export class AccountClient {
  private constructor(
    private readonly client: OAuthClient,
    private readonly token: string | undefined,
  ) {}

  /** Connects the account for scopes by their short names, as `modify`; `full` is `https://mail.google.com/`. */
  static async connect(client: OAuthClient, account: string, ...scopes: string[]): Promise<AccountClient> {
    const scope = scopes
      .map((name) =>
        name === 'full' ? 'https://mail.google.com/' : `https://www.googleapis.com/auth/gmail.${name}`,
      )
      .join(' ');
    return new AccountClient(client, (await client.connect({ account }, { scope })).access_token);
  }

  send(verb: string, path: string, body?: unknown): Promise<Response> {
    return this.client.gmail(this.token, path, body, verb);
  }

  /** The JSON of an answer with status 200. */
  async ask<Answer>(verb: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.send(verb, path, body);
    expect(response.status).toBe(200);
    return (await response.json()) as Answer;
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }

  /** Does what Google answers with no content. */
  async perform(verb: string, path: string, body?: unknown): Promise<void> {
    const response = await this.send(verb, path, body);
    expect([response.status, await response.text()]).toEqual([204, '']);
  }

  /** The error of an answer, whose code is its status. */
  async refusal(verb: string, path: string, body?: unknown): Promise<{ code: number; message: string }> {
    const response = await this.send(verb, path, body);
    const { error } = (await response.json()) as { error: { code: number; message: string } };
    expect(error.code).toBe(response.status);
    return error;
  }

  async search(q: string): Promise<GmailReference[]> {
    const found = await this.get<{ messages?: GmailReference[] }>(`messages?q=${encodeURIComponent(q)}`);
    return found.messages ?? [];
  }

  /** The kinds of change since a history id, with the labels that came or went. */
  async changesSince(historyId: string): Promise<string[]> {
    const { history = [] } = await this.get<{ history?: Record<string, unknown>[] }>(
      `history?startHistoryId=${historyId}`,
    );
    return history.flatMap((record) =>
      ['messagesAdded', 'messagesDeleted', 'labelsAdded', 'labelsRemoved']
        .filter((kind) => kind in record)
        .flatMap((kind) =>
          (record[kind] as Change[]).map(({ message, labelIds = [] }) =>
            [kind, message.id, ...labelIds].join(' '),
          ),
        ),
    );
  }

  async historyId(): Promise<string> {
    return (await this.get<{ historyId: string }>('profile')).historyId;
  }
}

export function rawMail(...lines: string[]): string {
  return Buffer.from(lines.join('\r\n')).toString('base64url');
}
