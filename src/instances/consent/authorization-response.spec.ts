import { expect, it } from '@jest/globals';
import { refusalOf } from './authorization-response.js';

const issuer = 'https://accounts.google.com';

it.each([
  ['a code', { code: 'c' }, null],
  ['a code with our issuer', { code: 'c', iss: issuer }, null],
  ['a code with another issuer', { code: 'c', iss: `${issuer}/` }, 'state_expired'],
  ['another issuer’s error', { error: 'access_denied', iss: 'https://evil.example' }, 'state_expired'],
  ['neither code nor error', {}, 'state_expired'],
  ['an empty code', { code: '' }, 'state_expired'],
  ['the person’s refusal', { error: 'access_denied' }, 'access_denied'],
  ['the administrator’s refusal', { error: 'admin_policy_enforced' }, 'access_denied'],
  ['an unusable scope', { error: 'invalid_scope' }, 'scope_missing'],
  ['an outage', { error: 'temporarily_unavailable' }, 'provider_unavailable'],
  ['an error nobody knows', { error: 'brand_new', code: 'c' }, 'provider_unavailable'],
])('%s is judged rightly', (_case, response, refusal) => {
  expect(refusalOf(response, issuer)).toBe(refusal);
});
