import { until } from '../../sandbox/index.js';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { structureUrl, unfenced } from '../harness/structured-answers.js';
import type { TestApp } from '../harness/test-app.js';
import { type CreatedInstance } from '../harness/test-app.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { WatchWork } from '../../src/gmail-mcp/watching/watch-work.js';

export const topicName = 'projects/p1/topics/gmail';
const serviceAccountEmail = 'pusher@p1.iam.gserviceaccount.com';
export const mailboxUri = 'gmail://mailbox';

/** What has Gmail's notifications pushed to an app. */
export const pubsubVariables = {
  GMAIL_PUBSUB_TOPIC: topicName,
  GMAIL_PUBSUB_SERVICE_ACCOUNT: serviceAccountEmail,
};

export function pushUrl(app: TestApp): string {
  return `${app.environment.publicUrl}/gmail/pubsub`;
}

export async function subscribePush(app: TestApp): Promise<void> {
  await app.google.subscribe({ topicName, endpoint: pushUrl(app), serviceAccountEmail });
}

/** A notification as Pub/Sub pushes it, answered with this status. */
export async function push(
  app: TestApp,
  notification: unknown,
  token: string | null | undefined,
): Promise<number> {
  const bearer = token === undefined ? (await app.google.pushToken(ours(app))).token : token;
  const data = Buffer.from(JSON.stringify(notification)).toString('base64');
  const response = await fetch(pushUrl(app), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify({
      message: { data, messageId: '1' },
      subscription: 'projects/p1/subscriptions/gmail',
    }),
  });
  await response.text();
  return response.status;
}

export function ours(app: TestApp): { audience: string; serviceAccountEmail: string } {
  return { audience: pushUrl(app), serviceAccountEmail };
}

export interface WatchRow {
  mode: string;
  topic: string | null;
  expiresAt: Date | null;
  renewAt: Date | null;
  historyId: string;
  lookFailures: number;
  errorCode: string | null;
  leaseId: string | null;
}

/** A mailbox of an account of its own, whose instance has the toolset of changes. */
export class WatchedMailbox {
  private constructor(
    readonly app: TestApp,
    readonly account: string,
    readonly instance: CreatedInstance,
  ) {}

  static async connected(app: TestApp, account: string, settings: object = {}): Promise<WatchedMailbox> {
    await app.google.addAccount({ email: account });
    const instance = await app.createInstance({
      ...{ scopes: [gmailScopes.readonly], toolsets: ['core', 'changes'] },
      ...settings,
    });
    await app.connect(instance.id, { account });
    return new WatchedMailbox(app, account, instance);
  }

  async client(mode: 'auto' | 'legacy' = 'auto'): Promise<Client> {
    const client = new Client({ name: 'watching', version: '1' }, { versionNegotiation: { mode } });
    const requestInit = { headers: { authorization: `Bearer ${this.instance.mcpToken}` } };
    const url = structureUrl(this.instance.mcpUrl);
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
    return client;
  }

  async call<Answer = Record<string, unknown>>(
    name: string,
    input: Record<string, unknown> = {},
  ): Promise<Answer> {
    const client = await this.client();
    try {
      const result = await client.callTool({ name, arguments: input });
      if (result.isError === true) throw new Error(`${name}: ${JSON.stringify(result.content)}`);
      return unfenced(result.structuredContent) as Answer;
    } finally {
      await client.close();
    }
  }

  watch(labelIds: string[] = []): Promise<Record<string, unknown>> {
    return this.call('watch_mailbox', { labelIds });
  }

  deliver(
    headers: { messageId?: string; inReplyTo?: string } = {},
  ): Promise<{ id: string; threadId: string }> {
    const body = { contentType: 'text/plain', charset: 'utf-8', text: 'All that is new' } as const;
    const mail = { from: 'Bea <bea@example.com>', subject: 'News', body, ...headers };
    return this.app.google.deliver(this.account, mail);
  }

  /** Until a conversation is among what was seen to change. */
  async seen(threadId: string): Promise<void> {
    await this.lookNow();
    await until('the change to be seen', async () =>
      (await this.changes()).some(({ threadIds }) => threadIds?.includes(threadId)),
    );
  }

  async row(): Promise<WatchRow | undefined> {
    const [row] = await this.app.dataSource.query<WatchRow[]>(
      `SELECT mode, topic, expires_at AS "expiresAt", renew_at AS "renewAt", history_id::text AS "historyId",
         look_failures AS "lookFailures", error_code AS "errorCode", lease_id AS "leaseId"
       FROM mailbox_watches WHERE instance_id = $1`,
      [this.instance.id],
    );
    return row;
  }

  /** What was seen to change, oldest first. */
  changes(): Promise<{ kind: string; messageIds: string[] | null; threadIds: string[] | null }[]> {
    return this.app.dataSource.query(
      `SELECT kind, message_ids AS "messageIds", thread_ids AS "threadIds" FROM mailbox_changes
       WHERE instance_id = $1 ORDER BY id`,
      [this.instance.id],
    );
  }

  /** As a long time would, and the next second. */
  async lookNow(): Promise<void> {
    await this.app.dataSource.query(
      'UPDATE mailbox_watches SET look_at = evergrant_now(), due_at = evergrant_now() WHERE instance_id = $1',
      [this.instance.id],
    );
    await this.app.part(WatchWork).sweep();
  }
}
