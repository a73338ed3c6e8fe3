import { randomUUID } from 'node:crypto';
import { OutboundActs, type ActMessage, type OutboundAct, type StoredAct } from '../../src/policy/index.js';
import type { TestMailbox } from '../harness/mailboxes.js';
import type { TestApp } from '../harness/test-app.js';

/** A mail as an agent asked for it. */
function message(changes: Partial<ActMessage> = {}): ActMessage {
  return {
    from: null,
    to: [{ name: 'Bea', address: 'bea@example.com' }],
    cc: [],
    bcc: [],
    subject: 'Canary subject',
    text: 'Canary text.',
    html: null,
    files: [],
    ...{ threadId: null, replyTo: [], inReplyTo: null, language: null, headers: [] },
    ...changes,
  };
}

/** Holds a mail of a mailbox for a person, as the policy does that knows none of its recipients. */
export function holdMail(
  app: TestApp,
  instance: { tenantId: string; id: string },
  changes: Partial<ActMessage> = {},
  approvalLifeSeconds = 86_400,
): Promise<StoredAct> {
  const raw = Buffer.from('From: a@example.com\r\n\r\nx').toString('base64url');
  const messageId = `<${randomUUID()}@example.com>`;
  const request = { method: 'messages.send', raw, messageId, threadId: null } as const;
  return holdAct(app, instance, { kind: 'send', message: message(changes), request }, approvalLifeSeconds);
}

/** Holds an act that sends a mail: the first three recipients are new to the mailbox. */
export async function holdAct(
  app: TestApp,
  { tenantId, id }: { tenantId: string; id: string },
  act: OutboundAct & { message: ActMessage },
  approvalLifeSeconds = 86_400,
): Promise<StoredAct> {
  const { to, cc, bcc } = act.message;
  const subjects = [...to, ...cc, ...bcc].map(({ address }) => address);
  const put = await app.part(OutboundActs).put({
    sender: { tenantId, id },
    act,
    key: randomUUID(),
    reasons: [{ code: 'new_recipient', subjects: subjects.slice(0, 3) }],
    found: {
      recipients: subjects.map((address, index) => ({
        ...{ address, inConversation: false },
        standing: index < 3 ? 'new' : 'written_to',
      })),
      copied: [],
    },
    approvalLifeSeconds,
    actor: { kind: 'mcp-token', id: randomUUID(), tenantId },
    client: null,
    source: { requestId: 'r', address: '127.0.0.1', route: 'POST /mcp/:instanceId' },
  });
  return put.act;
}

/** The tenant of an instance. */
export async function tenantOf(app: TestApp, { id }: Pick<TestMailbox, 'id'>): Promise<string> {
  const [row] = await app.dataSource.query<[{ tenant_id: string }]>(
    'SELECT tenant_id FROM mcp_instances WHERE id = $1',
    [id],
  );
  return row.tenant_id;
}
