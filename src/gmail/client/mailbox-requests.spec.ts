import { expect, it } from '@jest/globals';
import { z } from 'zod';
import type { GmailHttp } from './gmail-http.js';
import { MailboxRequests } from './mailbox-requests.js';

const sent: string[] = [];
const http = { send: async () => sent.push('sent'), sendIdempotent: async () => sent.push('sent') };
const requests = new MailboxRequests(
  http as unknown as GmailHttp,
  { accessToken: async () => 'token' },
  {
    permits: { reserve: async () => ({ giveBack: async () => undefined }) },
    lane: { owner: 'tenant', lane: 'mailbox' },
  },
);

it.each(['messages/send', 'drafts/send', 'send', 'messages/send?alt=json'])(
  'no request to %s goes out past the permits, so that no sending tool can forget them',
  async (path) => {
    await expect(requests.postOnce(z.unknown(), path, {}, [])).rejects.toThrow('goes through sendMail');
    await expect(requests.postIdempotent(z.unknown(), path, {}, [])).rejects.toThrow('goes through sendMail');
    expect(sent).toEqual([]);
  },
);
