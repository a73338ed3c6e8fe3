import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gmailScopes } from '../../gmail/index.js';
import { McpEndpoint } from '../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;
beforeEach(async () => {
  endpoint = await McpEndpoint.start();
  endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes.modify] };
});
afterEach(() => endpoint.stop());

const mail = { to: ['Bea <bea@example.com>'], subject: 'Lunch?', body: 'At noon.' };
const newRecipient = { code: 'new_recipient', subjects: ['bea@example.com'] } as const;

async function send(input: object = {}): Promise<Record<string, unknown>> {
  return (await endpoint.callTool('send_message', { ...mail, ...input })).structuredContent ?? {};
}

async function refusal(input: object = {}): Promise<Record<string, unknown>> {
  const result = await endpoint.callTool('send_message', { ...mail, ...input });
  expect(result.isError).toBe(true);
  return JSON.parse(result.content.at(-1)?.text ?? '') as Record<string, unknown>;
}

describe('the same mail again', () => {
  it('is not sent, and told of as it was sent', async () => {
    const first = await send();
    expect(await send()).toEqual({ ...first, earlier: true });
    expect(endpoint.gmail.written).toHaveLength(1);
  });

  it('is sent under another key', async () => {
    await send({ idempotencyKey: 'one' });
    await send({ idempotencyKey: 'two' });
    expect(endpoint.gmail.written).toHaveLength(2);
  });

  it('is another one where anything differs', async () => {
    for (const differs of [{ body: 'At one.' }, { cc: ['c@example.com'] }, { subject: 'Lunch' }, {}])
      await send(differs);
    expect(endpoint.gmail.written).toHaveLength(4);
  });

  it('under a key that was given for other content is refused, whatever differs', async () => {
    await send({ idempotencyKey: 'key' });
    const other = fc.record({ subject: fc.string({ maxLength: 50 }), body: fc.string({ maxLength: 200 }) });
    await fc.assert(
      fc.asyncProperty(other, async ({ subject, body }) => {
        fc.pre(body !== mail.body);
        expect(await refusal({ subject, body, idempotencyKey: 'key' })).toMatchObject({
          errorCode: 'CONFLICT',
          field: 'idempotencyKey',
        });
      }),
      { numRuns: 25 },
    );
    expect(endpoint.gmail.written).toHaveLength(1);
  });
});

describe('a mail that a person has to decide on', () => {
  beforeEach(() => {
    endpoint.acts.ruling = {
      ...endpoint.acts.ruling,
      approvalLifeSeconds: 3_600,
      decision: { verdict: 'ask', reasons: [newRecipient] },
    };
  });

  it('is held, with a link to a page of ours', async () => {
    const held = await send();
    expect(held).toEqual({
      status: 'held',
      recipients: 1,
      approvalId: expect.stringMatching(/^[\da-f-]{36}$/),
      approvalUrl: `https://mcp.example/approvals/${String(held.approvalId)}`,
      reasons: ['the mailbox has never written to bea@example.com'],
      expiresAt: '2026-08-02T12:00:00.000Z',
    });
    expect(endpoint.gmail.written).toEqual([]);
  });

  it('is linked to below the path of PUBLIC_URL, where it has one', async () => {
    const behindPath = await McpEndpoint.start({ publicUrl: 'https://mcp.example/evergrant' });
    behindPath.broker.grant = endpoint.broker.grant;
    behindPath.acts.ruling = endpoint.acts.ruling;
    const { structuredContent } = await behindPath.callTool('send_message', mail);
    await behindPath.stop();
    expect(structuredContent?.approvalUrl).toBe(
      `https://mcp.example/evergrant/approvals/${String(structuredContent?.approvalId)}`,
    );
  });

  it('is the same approval when it is sent again', async () => {
    expect(await send()).toEqual(await send());
  });

  it('is another approval when its content is another', async () => {
    expect((await send()).approvalId).not.toBe((await send({ body: 'At one.' })).approvalId);
  });

  it('tells a model where it stands, in words', async () => {
    const { content } = await endpoint.askTool('send_message', mail);
    expect(content[0]?.text).toMatch(
      /^Nothing was sent yet: a person has to approve it at https:.+, since the mailbox has never written to/,
    );
  });
});

describe('a mail that the policy denies', () => {
  it('is refused with the rules that it met', async () => {
    endpoint.acts.ruling = {
      ...endpoint.acts.ruling,
      approvalLifeSeconds: 3_600,
      decision: { verdict: 'deny', reasons: [{ code: 'recipient_denied', subjects: ['bea@example.com'] }] },
    };
    expect(await refusal()).toMatchObject({
      errorCode: 'FORBIDDEN',
      reason: 'policy_denied',
      requiresReauth: false,
      rules: ['recipient_denied'],
      error: expect.stringContaining('nothing may go to bea@example.com'),
    });
    expect(endpoint.gmail.written).toEqual([]);
  });
});

describe('a dry run', () => {
  it('says what would become of it, and leaves the way open', async () => {
    expect(await send({ dryRun: true })).toEqual({
      ...{ status: 'dry_run', decision: 'allow', reasons: [], recipients: 1 },
    });
    expect(endpoint.gmail.written).toEqual([]);
    expect(await send()).toMatchObject({ status: 'sent' });
  });

  it('may be all that the policy lets happen', async () => {
    endpoint.acts.ruling = { ...endpoint.acts.ruling, dryRun: true };
    expect(await send()).toMatchObject({ status: 'dry_run', decision: 'allow' });
    expect(endpoint.gmail.written).toEqual([]);
  });
});

describe('a mail that provably was not sent', () => {
  it('is sent when it is sent again', async () => {
    endpoint.gmail.override = (_request, response) => response.writeHead(429).end('{}');
    expect(await refusal()).toMatchObject({ errorCode: 'SERVICE_UNAVAILABLE', reason: 'rateLimitExceeded' });
    endpoint.gmail.override = null;
    expect(await send()).toMatchObject({ status: 'sent' });
    expect(endpoint.gmail.written).toHaveLength(1);
  });
});
