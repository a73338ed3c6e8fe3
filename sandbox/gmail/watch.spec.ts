import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { SandboxControl, startSandbox, until } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';
import { AccountClient } from './account-client.fixture.js';

const account = 'demo@sandbox.test';
const topicName = 'projects/p1/topics/gmail';
const mail = { from: 'a@x.example', subject: 's', body: { contentType: 'text/plain' as const, text: 't' } };

interface Pushed {
  authorization: string;
  body: { message: { data: string; messageId: string; publishTime: string }; subscription: string };
}

describe("watching with the Gmail API's push notifications", () => {
  let sandbox: Sandbox;
  let control: SandboxControl;
  let me: AccountClient;
  let endpoint: Server;
  let pushed: Pushed[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered] });
    control = new SandboxControl(sandbox.controlUrl);
    me = await AccountClient.connect(new OAuthClient(sandbox), account, 'readonly');
    endpoint = createServer((request, response) => {
      void json(request).then((body) => {
        pushed.push({ authorization: request.headers.authorization ?? '', body: body as Pushed['body'] });
        response.writeHead(204).end();
      });
    }).listen(0, '127.0.0.1');
    await once(endpoint, 'listening');
    const { port } = endpoint.address() as AddressInfo;
    await control.subscribe({
      ...{ topicName, endpoint: `http://127.0.0.1:${port}/push`, audience: 'our-audience' },
      serviceAccountEmail: 'pusher@p1.iam.gserviceaccount.com',
    });
  });
  afterAll(async () => {
    endpoint.close();
    await sandbox.close();
  });
  beforeEach(async () => {
    await me.perform('POST', 'stop');
    await control.clearLedger();
    pushed = [];
  });

  it('tells of the mailbox at once, with a token of Google, and of each change', async () => {
    const { historyId, expiration } = await me.ask<{ historyId: string; expiration: string }>(
      'POST',
      'watch',
      {
        topicName,
      },
    );
    const { now } = await control.clock();
    expect(Math.abs(Number(expiration) - Date.parse(now) - 7 * 86_400_000)).toBeLessThan(60_000);
    await control.deliver(account, mail);
    await until('both notifications', () => pushed.length === 2);
    const [first] = pushed;
    expect(first?.body).toMatchObject({ subscription: 'projects/p1/subscriptions/gmail' });
    const told = pushed.map(
      ({ body }) => JSON.parse(Buffer.from(body.message.data, 'base64').toString()) as { historyId: number },
    );
    // They may overtake one another.
    expect(told).toContainEqual({ emailAddress: account, historyId: Number(historyId) });
    expect(new Set(told.map((each) => each.historyId)).size).toBe(2);
    expect(decodeJwt(first?.authorization.replace('Bearer ', '') ?? '')).toMatchObject({
      ...{ iss: 'https://accounts.google.com', aud: 'our-audience', email_verified: true },
      email: 'pusher@p1.iam.gserviceaccount.com',
    });
    await until('their answers', async () =>
      (await control.notifications()).every(({ status }) => status === 204),
    );
  });

  it('tells of the labels alone that it names, or of all but these', async () => {
    const told = async (watch: object): Promise<number> => {
      await me.ask('POST', 'watch', { topicName, ...watch });
      await control.clearLedger();
      await control.deliver(account, mail);
      return (await control.notifications()).length;
    };
    expect(await told({ labelIds: ['INBOX'] })).toBe(1);
    expect(await told({ labelIds: ['SPAM'] })).toBe(0);
    expect(await told({ labelIds: ['INBOX'], labelFilterBehavior: 'exclude' })).toBe(0);
  });

  it('ends after seven days, and when it is stopped', async () => {
    await me.ask('POST', 'watch', { topicName });
    await me.perform('POST', 'stop');
    await control.clearLedger();
    await control.deliver(account, mail);
    expect(await control.notifications()).toEqual([]);

    await me.ask('POST', 'watch', { topicName });
    await control.clearLedger();
    await control.advanceClock(7 * 86_400);
    await control.deliver(account, mail);
    expect(await control.notifications()).toEqual([]);
    me = await AccountClient.connect(new OAuthClient(sandbox), account, 'readonly');
  });

  it.each([[{}], [{ topicName: 'gmail' }], [{ topicName, labelIds: ['Label_99'] }], [{ topic: topicName }]])(
    'refuses %j',
    async (body) => {
      expect(await me.refusal('POST', 'watch', body)).toMatchObject({ code: 400 });
    },
  );

  it('needs a scope that reads', async () => {
    const labels = await AccountClient.connect(new OAuthClient(sandbox), account, 'labels');
    expect((await labels.send('POST', 'watch', { topicName })).status).toBe(403);
  });
});
