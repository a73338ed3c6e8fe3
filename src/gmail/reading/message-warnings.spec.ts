import { describe, expect, it } from '@jest/globals';
import { messageAnswer } from '../client/answers.js';
import { headWarnings } from './message-warnings.js';

const verified = 'mx.google.com; dkim=pass header.i=@example.com; dmarc=pass header.from=example.com';
const failed = 'mx.google.com; spf=fail smtp.mailfrom=x@evil.example; dmarc=fail header.from=example.com';
const from = ['From', 'Ann <ann@example.com>'] as const;

function warnings(headers: readonly (readonly [string, string])[], labelIds = ['INBOX']): string[] {
  const named = headers.map(([name, value]) => ({ name, value }));
  const payload = { mimeType: 'text/plain', headers: named };
  return headWarnings(messageAnswer.parse({ id: 'm1', threadId: 't1', labelIds, payload }));
}

describe('the warnings of a message', () => {
  it('are none where Gmail has verified the sender', () => {
    expect(warnings([['Authentication-Results', verified], from])).toEqual([]);
  });

  it('go by what Gmail found, which stands first, and not by what the message brought', () => {
    const judged = ['Authentication-Results', failed] as const;
    const forged = ['Authentication-Results', verified] as const;
    const expected = ['Gmail could not verify that this comes from example.com: DMARC failed'];
    expect(warnings([judged, from, forged])).toEqual(expected);
    expect(warnings([['authentication-results', failed], forged, from])).toEqual(expected);
  });

  it('name where replies go, of a group and with a decoded name as well', () => {
    const replyTo = ['Reply-To', 'Team: =?utf-8?Q?B=C3=B6se?= <x@evil.example>;'] as const;
    expect(warnings([from, replyTo])).toEqual(['Replies go to x@evil.example, not to example.com']);
  });

  it('tell an address in a name that was encoded', () => {
    const encoded = ['From', '=?utf-8?Q?ceo=40contoso.com?= <x@evil.example>'] as const;
    expect(warnings([encoded])).toEqual([
      "The sender's name shows the address ceo@contoso.com, but the mail is from x@evil.example",
    ]);
  });

  it.each(['SENT', 'DRAFT'])('are none of what the owner wrote (%s)', (label) => {
    expect(warnings([from, ['Reply-To', 'x@other.example']], [label])).toEqual([]);
  });

  it('stay short, whatever the sender names himself', () => {
    const long = ['From', `"x@${'a'.repeat(400)}.example" <x@${'b'.repeat(400)}.example>`] as const;
    for (const warning of warnings([long])) expect(warning.length).toBeLessThanOrEqual(300);
    expect(warnings([long]).length).toBeGreaterThan(0);
  });
});
