import { describe, expect, it } from '@jest/globals';
import type { AuthenticationResults } from './authentication-results.js';
import { senderWarnings, type SenderClaims } from './sender-warnings.js';

const passed: AuthenticationResults = { spf: 'pass', dkim: 'pass', dmarc: 'pass' };
const honest: SenderClaims = {
  from: { name: 'Ann', address: 'ann@shop.example.com' },
  replyTo: [{ name: '', address: 'help@example.com' }],
  recipients: [{ name: '', address: 'bob@contoso.com' }],
  returnPath: 'bounces@mailer.example.com',
  results: passed,
};
const unproven: AuthenticationResults = { spf: 'none', dkim: null, dmarc: null };

function from(address: string, name = '') {
  return { from: { name, address }, replyTo: [], returnPath: null };
}

describe('the warnings about a sender', () => {
  it.each<[string, Partial<SenderClaims>]>([
    ['whom Gmail has verified, with hosts of one domain', {}],
    ['whom SPF or DKIM alone vouches for', { results: { spf: 'pass', dkim: null, dmarc: null } }],
    [
      'whom Gmail could not check just then',
      { results: { spf: 'temperror', dkim: null, dmarc: 'temperror' }, returnPath: 'x@other.example' },
    ],
    ['whose newsletter a service sends', { returnPath: 'x@bounces.mailservice.example' }],
    ['of whom Gmail says nothing, as of one of its own', { results: null, returnPath: 'x@other.example' }],
    ['who is not there', { from: null }],
    ['who has no domain', { from: { name: '', address: 'undisclosed' } }],
    ['with a domain of one script', from('ann@bücher.example')],
    ['with a domain of one foreign script', from('ann@сосо.рф')],
    ['with a domain of Kanji and Latin', from('ann@xn--abc-s08fl0d.example')],
    ['whose name shows an address of the same domain', from('a@mail.example.com', 'a@example.com')],
  ])('are none for one %s', (_who, claims) => {
    expect(senderWarnings({ ...honest, ...claims })).toEqual([]);
  });

  it.each<[string, Partial<SenderClaims>, string[]]>([
    [
      'DMARC failed',
      { results: { spf: 'pass', dkim: 'pass', dmarc: 'fail' } },
      ['Gmail could not verify that this comes from shop.example.com: DMARC failed'],
    ],
    [
      'DMARC failed, though SPF could not be checked',
      { results: { spf: 'temperror', dkim: 'fail', dmarc: 'fail' } },
      ['Gmail could not verify that this comes from shop.example.com: DMARC failed'],
    ],
    [
      'there is no DMARC and both others failed',
      { results: { spf: 'softfail', dkim: 'fail', dmarc: null } },
      ['Gmail could not verify that this comes from shop.example.com: SPF failed, DKIM failed'],
    ],
    [
      'nothing vouches for the sender',
      { results: unproven },
      ['Gmail could not verify that this comes from shop.example.com: neither SPF nor DKIM vouches for it'],
    ],
    [
      'it goes back elsewhere, unverified',
      { results: unproven, returnPath: 'x@bulk.invalid' },
      [
        'Gmail could not verify that this comes from shop.example.com: neither SPF nor DKIM vouches for it',
        'It was sent for bulk.invalid (Return-Path), not for shop.example.com',
      ],
    ],
    [
      'replies go elsewhere',
      { replyTo: [{ name: '', address: 'ann.shop@freemail.example' }] },
      ['Replies go to ann.shop@freemail.example, not to shop.example.com'],
    ],
    [
      'the name shows another address',
      from('x@freemail.example', 'ceo@contoso.com'),
      ["The sender's name shows the address ceo@contoso.com, but the mail is from x@freemail.example"],
    ],
    [
      'the domain mixes scripts',
      from('a@xn--pypal-4ve.com'),
      ['The domain pаypal.com (xn--pypal-4ve.com) mixes letters of several scripts'],
    ],
    [
      'the domain is of one foreign script that looks Latin',
      from('a@xn--80ak6aa92e.com'),
      ['The domain аррӏе.com (xn--80ak6aa92e.com) looks like apple.com, and is another'],
    ],
    [
      "the domain looks like the recipient's",
      from('boss@c0ntoso.com'),
      ["The sender's domain c0ntoso.com looks like contoso.com, and is another"],
    ],
    [
      'two letters look like one',
      { ...from('boss@rnicro.com'), recipients: [{ name: '', address: 'bob@micro.com' }] },
      ["The sender's domain rnicro.com looks like micro.com, and is another"],
    ],
  ])('say that %s', (_what, claims, warnings) => {
    expect(senderWarnings({ ...honest, ...claims })).toEqual(warnings);
  });
});
