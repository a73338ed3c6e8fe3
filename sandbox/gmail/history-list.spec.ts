import { describe, expect, it } from '@jest/globals';
import { Mailbox } from '../mail/mailbox.js';
import { listHistory } from './history-list.js';

const mail = { from: 'a@x.test', subject: 's', body: { contentType: 'text/plain' as const, text: 't' } };

function historySince(mailbox: Mailbox, startHistoryId: string, parameters: Record<string, string> = {}) {
  return listHistory(mailbox, new URLSearchParams({ startHistoryId, ...parameters }));
}

describe('users.history.list', () => {
  it('lists what came and what was filed after an id, oldest first', () => {
    const mailbox = new Mailbox('a@sandbox.test');
    const { id, threadId, historyId } = mailbox.deliver(mail, 0);
    mailbox.relabel(id, ['STARRED', 'INBOX'], ['UNREAD']);

    expect(historySince(mailbox, '1000')).toMatchObject({
      history: [
        { id: historyId, messagesAdded: [{ message: { id, threadId, labelIds: ['INBOX', 'UNREAD'] } }] },
        { labelsAdded: [{ message: { id }, labelIds: ['STARRED'] }] },
        { labelsRemoved: [{ message: { id }, labelIds: ['UNREAD'] }] },
      ],
      historyId: mailbox.historyId,
    });
    expect(historySince(mailbox, mailbox.historyId)).toEqual({ historyId: mailbox.historyId });
  });

  it('does so in pages', () => {
    const mailbox = new Mailbox('a@sandbox.test');
    mailbox.deliver(mail, 0);
    mailbox.deliver(mail, 0);

    expect(historySince(mailbox, '1000', { maxResults: '1' })).toMatchObject({
      history: [{}],
      nextPageToken: expect.any(String),
    });
  });

  it('answers 404 to an id that is too old, and 400 to what is none', () => {
    const mailbox = new Mailbox('a@sandbox.test');

    expect(() => historySince(mailbox, '999')).toThrow(expect.objectContaining({ code: 404 }));
    expect(() => historySince(mailbox, 'x')).toThrow(expect.objectContaining({ code: 400 }));
  });
});
