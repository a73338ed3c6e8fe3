import { describe, expect, it } from '@jest/globals';
import { UnsecuredJWT } from 'jose';
import { readIdToken } from './read-id-token.js';

const nowMs = Date.parse('2026-01-01T00:00:00Z');
const expected = { issuer: 'https://accounts.google.com', clientId: 'client-1', nowMs };
const claims = {
  iss: 'https://accounts.google.com',
  aud: 'client-1',
  exp: nowMs / 1000 + 1,
  sub: '1089',
  email: 'ann@example.com',
};

function idToken(changes: Record<string, unknown>): string {
  return new UnsecuredJWT({ ...claims, ...changes }).encode();
}

describe('an id_token', () => {
  it.each([
    ['in full', {}],
    ['with the short form of the issuer', { iss: 'accounts.google.com' }],
  ])('%s names the account', (_case, changes) => {
    expect(readIdToken(idToken(changes), expected)).toEqual({ subject: '1089', email: 'ann@example.com' });
  });

  it.each([
    ['a verified address', { email_verified: true }, { emailVerified: true }],
    ['one that is verified in a word', { email_verified: 'true' }, { emailVerified: true }],
    ['one that is not verified', { email_verified: false }, {}],
    ['an organisation', { hd: 'example.com' }, { hostedDomain: 'example.com' }],
    ['an organisation without a name', { hd: '' }, {}],
    ['something else for an organisation', { hd: ['example.com'] }, {}],
  ])('tells of %s', (_case, changes, told) => {
    const account = { subject: '1089', email: 'ann@example.com', ...told };
    expect(readIdToken(idToken(changes), expected)).toEqual(account);
  });

  it.each([
    ['of another issuer', { iss: 'https://accounts.evil.example' }],
    ['for another client', { aud: 'client-2' }],
    ['for several clients', { aud: ['client-1', 'client-2'] }],
    ['that is over', { exp: nowMs / 1000 }],
    ['without an end', { exp: undefined }],
    ['without a subject', { sub: '' }],
    ['without an address', { email: undefined }],
    ['with something else for an address', { email: 'ann' }],
  ])('%s names none', (_case, changes) => {
    expect(readIdToken(idToken(changes), expected)).toBeNull();
  });

  it.each(['', 'a.b.c', 'not a token', '..', 'e30.W10.'])('that is none (%j) names none', (text) => {
    expect(readIdToken(text, expected)).toBeNull();
  });
});
