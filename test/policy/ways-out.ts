import type { TestMailbox } from '../harness/mailboxes.js';
import type { TestApp } from '../harness/test-app.js';
import { callTool } from '../scopes/mcp-agent.js';
import { oneClick, signed, type ListServer } from '../toolsets/list-server.js';

/** New to every mailbox. */
export const stranger = 'eve@evil.example';

/** Where a way out is taken: a mailbox with a letter in it. */
interface Place {
  app: TestApp;
  list: ListServer;
  mailbox: TestMailbox;
  letterId: string;
}

/** What the account has sent. */
export async function outbox({ app, mailbox: { account } }: Pick<Place, 'app' | 'mailbox'>) {
  return (await app.google.outbox()).filter((mail) => mail.account === account);
}

async function listMail(
  { app, mailbox: { account } }: Pick<Place, 'app' | 'mailbox'>,
  uri: string,
  headers: { name: string; value: string }[] = [],
) {
  const { id } = await app.google.deliver(account, {
    from: 'News <news@letters.example>',
    subject: 'News',
    headers: [...headers, { name: 'List-Unsubscribe', value: uri }],
    body: { contentType: 'text/plain', text: 'News' },
  });
  return id;
}

export async function setting(mailbox: TestMailbox, tool: string): Promise<Record<string, unknown>> {
  return (await callTool(mailbox, tool)).structured;
}

/** A tool and its arguments. */
export type Call = readonly [tool: string, input: object];

/** A way out of a mailbox. */
interface WayOut {
  kind: string;
  /** The call that takes it; another mark is another content. */
  call(mark: string, place: Place): Promise<Call> | Call;
  /** What has reached Google, or the list's server, by it. */
  reached(place: Omit<Place, 'letterId'>): Promise<unknown>;
  /** What a call is told that was carried out, and one that comes again. */
  done: string;
  again: string;
  /** Left out: `held`. */
  byDefault?: 'sent';
  /** What is told where it is denied to its recipients, or not allowed to them. Left out for what has no recipients. */
  lists?: { denied: string; notAllowed: string };
}

export function denied(rule: string): string {
  return `FORBIDDEN policy_denied ${rule}`;
}

export const addressed = { denied: denied('recipient_denied'), notAllowed: denied('recipient_not_allowed') };
const mail = { reached: outbox, done: 'sent', again: 'sent earlier', lists: addressed };

export const waysOut: Record<string, WayOut> = {
  send_message: {
    ...mail,
    kind: 'send',
    call: (mark) => ['send_message', { to: [stranger], subject: mark, body: mark }],
  },
  reply_to_message: {
    ...mail,
    kind: 'reply',
    call: (mark, { letterId: messageId }) => ['reply_to_message', { messageId, body: mark, cc: [stranger] }],
  },
  forward_message: {
    ...mail,
    kind: 'forward',
    call: (mark, { letterId: messageId }) => ['forward_message', { messageId, to: [stranger], note: mark }],
  },
  send_draft: {
    ...mail,
    kind: 'send_draft',
    call: async (mark, { mailbox }) => {
      const draft = { to: [stranger], subject: mark, body: mark };
      const { draftId } = (await callTool(mailbox, 'create_draft', draft)).structured;
      return ['send_draft', { draftId }];
    },
  },
  'unsubscribe by mail': {
    ...mail,
    kind: 'unsubscribe',
    // The list has written to the mailbox.
    byDefault: 'sent',
    call: async (mark, place) => {
      const subject = encodeURIComponent(mark);
      return ['unsubscribe', { messageId: await listMail(place, `<mailto:${stranger}?subject=${subject}>`) }];
    },
  },
  'unsubscribe by one click': {
    kind: 'unsubscribe',
    call: async (mark, place) => {
      const uri = `<${place.list.url}/${encodeURIComponent(mark)}>`;
      return ['unsubscribe', { messageId: await listMail(place, uri, [...signed, oneClick]) }];
    },
    reached: async ({ list }) => list.asked.map(({ path }) => path),
    ...{ done: 'sent', again: 'sent earlier', byDefault: 'sent' },
  },
  'create_filter that forwards': {
    kind: 'forwarding_filter',
    call: (mark) => ['create_filter', { subject: mark, forward: stranger }],
    reached: ({ mailbox }) => setting(mailbox, 'list_filters'),
    ...{ done: 'created', again: 'there already', lists: addressed },
  },
  update_vacation: {
    kind: 'vacation',
    call: (mark) => ['update_vacation', { enabled: true, subject: mark, body: mark }],
    reached: ({ mailbox }) => setting(mailbox, 'get_vacation'),
    ...{ done: 'set', again: 'set' },
    // Whom it answers is not known beforehand.
    lists: { denied: 'held', notAllowed: denied('open_audience') },
  },
  update_forwarding: {
    kind: 'forwarding',
    call: (mark) => [
      'update_forwarding',
      {
        ...{ enabled: true, email: stranger, idempotencyKey: mark },
        disposition: mark === 'approved' ? 'archive' : 'trash',
      },
    ],
    reached: ({ mailbox }) => setting(mailbox, 'get_forwarding'),
    ...{ done: 'set', again: 'set', lists: addressed },
  },
};
