import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentDigest } from './act-digest.js';
import {
  recipientsOf,
  type ActFile,
  type ActMessage,
  type MessageAct,
  type SettingAct,
} from './outbound-act.js';

const file: ActFile = {
  name: 'a.pdf',
  mimeType: 'application/pdf',
  sizeBytes: 3,
  sha256: 'aa',
  origin: 'upload',
};
const bea = { name: 'Bea', address: 'bea@example.com' };
const message: ActMessage = {
  ...{ from: null, to: [bea], cc: [], bcc: [], subject: 'Lunch?', text: 'At noon.', html: null },
  ...{ files: [file], threadId: null, replyTo: [], inReplyTo: null, language: null, headers: [] },
};
const request = { method: 'messages.send', raw: 'eA', messageId: '<1@example.com>', threadId: null } as const;
const act: MessageAct = { kind: 'send', message, request };

describe('the digest of what an act says', () => {
  it('is the same for the same content under another Message-ID, date and boundary', () => {
    const again = { ...act, request: { ...request, raw: 'eQ', messageId: '<2@example.com>' } };
    expect(contentDigest(again)).toBe(contentDigest(act));
  });

  it.each<[string, Partial<ActMessage>]>([
    ['another sender', { from: bea }],
    ['a recipient more', { to: [bea, { name: '', address: 'c@example.com' }] }],
    ['a recipient who is hidden instead', { to: [], bcc: [bea] }],
    ['another name of a recipient', { to: [{ ...bea, name: 'Bob' }] }],
    ['another subject', { subject: 'Dinner?' }],
    ['another text', { text: 'At one.' }],
    ['another text for programs that show HTML', { html: '<p>At one.</p>' }],
    ['another file of the same name', { files: [{ ...file, sha256: 'bb' }] }],
    ['another conversation', { threadId: 't1' }],
    ['another message that it answers', { inReplyTo: '<2@example.com>' }],
    ['another address for answers', { replyTo: [bea] }],
    ['an address for answers instead of a hidden recipient', { bcc: [], replyTo: [bea] }],
    ['another language', { language: 'ar' }],
    ['a further header', { headers: [{ name: 'Disposition-Notification-To', value: 'x@example.com' }] }],
  ])('differs for %s', (_what, changed) => {
    expect(contentDigest({ ...act, message: { ...message, ...changed } })).not.toBe(contentDigest(act));
  });

  it('differs by kind', () => {
    expect(contentDigest({ ...act, kind: 'reply' })).not.toBe(contentDigest(act));
  });

  it('does not let one field run into the next', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (subject, text, more) => {
        fc.pre(more !== '');
        const one = contentDigest({ ...act, message: { ...message, subject: subject + more, text } });
        const other = contentDigest({ ...act, message: { ...message, subject, text: more + text } });
        expect(one).not.toBe(other);
      }),
    );
  });

  it('covers what a setting sets', () => {
    const filter: SettingAct = {
      kind: 'forwarding_filter',
      recipients: ['x@example.com'],
      settings: [{ name: 'from', value: 'bea@example.com' }],
      request: { method: 'settings', verb: 'POST', path: 'filters', body: {} },
    };
    const other = { ...filter, settings: [{ name: 'from', value: 'bob@example.com' }] };
    expect(contentDigest(other)).not.toBe(contentDigest(filter));
  });
});

it('counts each recipient of an act once', () => {
  const both = { ...act, message: { ...message, cc: [bea], bcc: [{ name: '', address: 'c@example.com' }] } };
  expect(recipientsOf(both)).toEqual(['bea@example.com', 'c@example.com']);
});
