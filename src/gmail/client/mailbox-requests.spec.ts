import { expect, it } from '@jest/globals';
import { z } from 'zod';
import type { GmailHttp } from './gmail-http.js';
import { MailboxRequests } from './mailbox-requests.js';

const sent: string[] = [];
const http = {
  newCall: () => null,
  send: async () => sent.push('sent'),
  sendIdempotent: async () => sent.push('sent'),
};
const method = { name: 'drafts.create', scopes: [] } as const;
const requests = new MailboxRequests(
  http as unknown as GmailHttp,
  { accessToken: async () => 'token' },
  {
    permits: { reserve: async () => ({ giveBack: async () => undefined }) },
    lane: { owner: 'tenant', lane: 'mailbox' },
    account: null,
  },
);

it.each(['messages/send', 'drafts/send', 'send', 'messages/send?alt=json'])(
  'no request to %s goes out past the permits, so that no sending tool can forget them',
  async (path) => {
    await expect(requests.postOnce(z.unknown(), path, {}, method)).rejects.toThrow('goes through sendMail');
    await expect(requests.postIdempotent(z.unknown(), path, {}, method)).rejects.toThrow(
      'goes through sendMail',
    );
    await expect(requests.perform({ verb: 'POST', path }, method)).rejects.toThrow('goes through sendMail');
    expect(sent).toEqual([]);
  },
);
