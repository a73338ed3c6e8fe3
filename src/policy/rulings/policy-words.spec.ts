import { expect, it } from '@jest/globals';
import type { OutboundPolicy, TenantPolicy } from '../../identity/index.js';
import { effectivePolicy } from '../rules/effective-policy.js';
import { policyWords } from './policy-words.js';

function words(instance: OutboundPolicy | null, tenant: TenantPolicy | null = null): string[] {
  return policyWords(effectivePolicy(tenant, instance));
}

const freely: OutboundPolicy = {
  ...{ newRecipients: 'allow', secrets: 'allow' },
  acts: { forwarding_filter: 'allow', vacation: 'allow', forwarding: 'allow', delegate: 'allow' },
};

it('tells what waits for a person where no policy says otherwise', () => {
  expect(words(null)).toEqual([
    'A filter that forwards waits until a person approves it',
    'A vacation responder waits until a person approves it',
    'The forwarding of all mail waits until a person approves it',
    'A delegate of the mailbox waits until a person approves it',
    'Mail to people to whom the mailbox has never written waits until a person approves it',
    'Mail that looks as if it held a password, a key or words of another conversation waits until a person approves it',
  ]);
});

it.each<[string, OutboundPolicy, string[]]>([
  ['nothing, where all leaves at once', freely, []],
  ['what is denied', { ...freely, acts: { ...freely.acts, send: 'deny' } }, ['A new message is not let out']],
  [
    'what waits',
    { ...freely, conversations: 'ask' },
    ['Mail to people of the same conversation waits until a person approves it'],
  ],
  [
    'a dry run, and nothing else',
    { ...freely, dryRun: true, acts: { send: 'deny' } },
    ['Nothing leaves this mailbox: the server only says what it would do'],
  ],
  [
    'that strangers are left out',
    { ...freely, onlyKnownRecipients: true },
    ['Mail goes only to people whom the mailbox knows'],
  ],
  [
    'that there are lists, and no name on them',
    { ...freely, allowRecipients: ['@example.com'], denyRecipients: ['eve@example.com'] },
    ['Mail goes only to people and domains on a list', 'Mail does not go to people and domains on a list'],
  ],
  [
    'how much may leave',
    { ...freely, messagesPerDay: 20, recipientsPerHour: 5 },
    ['No more leaves it than 20 mails a day, 5 recipients an hour'],
  ],
])('tells %s', (_what, policy, told) => {
  expect(words(policy)).toEqual(told);
});

it('tells of what the tenant denies, whatever the instance says', () => {
  expect(words({ ...freely, secrets: 'allow' }, { secrets: 'deny' })).toEqual([
    'Mail that looks as if it held a password, a key or words of another conversation is not let out',
  ]);
});
