import { describe, expect, it } from '@jest/globals';
import { loadEnvironment } from './environment.js';

describe('SIGN_IN_DOMAINS and SIGN_IN_EMAILS', () => {
  it('name nobody unless they are set', () => {
    expect(loadEnvironment({})).toMatchObject({ SIGN_IN_DOMAINS: [], SIGN_IN_EMAILS: [] });
  });

  it('name whom they let in, and to which tenant', () => {
    const environment = loadEnvironment({
      SIGN_IN_DOMAINS: 'example.com, Bücher.example=Sales = North,',
      SIGN_IN_EMAILS: 'ann+x=y@example.com=0f8e3c1c-0000-4000-8000-000000000000',
    });
    expect(environment.SIGN_IN_DOMAINS).toEqual([
      { who: 'example.com', tenant: null },
      { who: 'Bücher.example', tenant: 'Sales = North' },
    ]);
    expect(environment.SIGN_IN_EMAILS).toEqual([
      { who: 'ann+x=y@example.com', tenant: '0f8e3c1c-0000-4000-8000-000000000000' },
    ]);
  });

  it.each([
    ['SIGN_IN_DOMAINS', 'canary@example.com'],
    ['SIGN_IN_DOMAINS', '*.example.com'],
    ['SIGN_IN_DOMAINS', '@example.com'],
    ['SIGN_IN_DOMAINS', 'localhost'],
    ['SIGN_IN_DOMAINS', 'example.com='],
    ['SIGN_IN_DOMAINS', '=tenant'],
    ['SIGN_IN_DOMAINS', 'https://example.com'],
    ['SIGN_IN_DOMAINS', 'example.com,EXAMPLE.com=other'],
    ['SIGN_IN_DOMAINS', 'bücher.example,xn--bcher-kva.example=other'],
    ['SIGN_IN_EMAILS', 'example.com'],
    ['SIGN_IN_EMAILS', 'Ann <ann@example.com>'],
    ['SIGN_IN_EMAILS', '@example.com'],
    ['SIGN_IN_EMAILS', 'ann@example.com,Ann@Example.com=other'],
  ])('%s does not take %j', (variable, value) => {
    const load = () => loadEnvironment({ [variable]: value });
    expect(load).toThrow(new RegExp(`^${variable} must (?!.*canary)`));
  });
});
