import { describe, expect, it } from '@jest/globals';
import {
  comparableWho,
  namedTenant,
  signInDecision,
  type SignInAccount,
  type SignInRules,
} from './sign-in-rules.js';

const rules: SignInRules = {
  domains: new Map([
    ['example.com', 'one'],
    ['xn--bcher-kva.example', 'two'],
    ['gmail.com', 'private'],
  ]),
  emails: new Map([
    ['ann@elsewhere.example', 'three'],
    ['boss@example.com', 'four'],
  ]),
  everyone: null,
};
const account: SignInAccount = {
  ...{ provider: 'google', subject: '1', email: 'bob@example.com' },
  ...{ isEmailVerified: true, hostedDomain: 'example.com' },
};

const stranger = { do: 'refuse', reason: 'not_listed' };

it.each<[string, Partial<SignInAccount>, object]>([
  ['of a domain that is named', {}, { do: 'admit', tenantId: 'one' }],
  ['in other letters', { email: 'Bob@EXAMPLE.Com' }, { do: 'admit', tenantId: 'one' }],
  [
    'of a second domain of its organisation',
    { hostedDomain: 'parent.example' },
    { do: 'admit', tenantId: 'one' },
  ],
  ['whose address Google does not hand out', { hostedDomain: null }, stranger],
  ['of a domain below', { email: 'bob@mail.example.com' }, stranger],
  ['of a domain that ends alike', { email: 'bob@evilexample.com' }, stranger],
  ['with the domain in the wrong place', { email: 'example.com@evil.example' }, stranger],
  ['with two addresses in one', { email: 'bob@example.com@evil.example' }, stranger],
  ['of a domain beyond ASCII', { email: 'bob@Bücher.example' }, { do: 'admit', tenantId: 'two' }],
  [
    'of that domain in its ASCII form',
    { email: 'bob@xn--bcher-kva.example' },
    { do: 'admit', tenantId: 'two' },
  ],
  ['of a domain that only looks alike', { email: 'bob@ex\u0430mple.com' }, stranger],
  [
    'of no organisation at gmail.com',
    { email: 'b.ob@gmail.com', hostedDomain: null },
    { do: 'admit', tenantId: 'private' },
  ],
  [
    'whose address is named',
    { email: 'ann@elsewhere.example', hostedDomain: null },
    { do: 'admit', tenantId: 'three' },
  ],
  ['whose address and domain are named', { email: 'boss@example.com' }, { do: 'admit', tenantId: 'four' }],
  ['that is not verified', { isEmailVerified: false }, { do: 'refuse', reason: 'email_unverified' }],
  [
    'that is named and not verified',
    { email: 'ann@elsewhere.example', isEmailVerified: false },
    { do: 'refuse', reason: 'email_unverified' },
  ],
  ['of nobody', { email: 'eve@elsewhere.example' }, stranger],
  ['without an address', { email: 'nobody' }, stranger],
])('an account %s', (_case, changes, decision) => {
  expect(signInDecision(rules, { ...account, ...changes })).toEqual(decision);
});

describe('with the sandbox', () => {
  it('every account may, but for one that is not verified', () => {
    const open = { domains: new Map(), emails: new Map(), everyone: 'default' };
    expect(signInDecision(open, { ...account, hostedDomain: null })).toEqual({
      do: 'admit',
      tenantId: 'default',
    });
    expect(signInDecision(open, { ...account, isEmailVerified: false }).do).toBe('refuse');
  });
});

it('a person who is signed in stays named by domain or address alone', () => {
  expect(namedTenant(rules, 'bob@example.com')?.tenantId).toBe('one');
  expect(namedTenant(rules, 'eve@elsewhere.example')).toBeNull();
});

it.each([
  ['Example.COM', 'example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['Ann@Example.com', 'ann@example.com'],
  ['@example.com', null],
  ['a b@example.com', null],
])('an entry %j is compared as %j', (who, compared) => {
  expect(comparableWho(who)).toBe(compared);
});
