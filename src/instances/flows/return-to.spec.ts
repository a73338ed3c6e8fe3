import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EvergrantError } from '../../errors/index.js';
import { checkReturnTo, withConsentResult } from './return-to.js';

const origins = ['https://app.example.com', 'http://localhost:3000'];
const allowed = { origins, publicUrl: 'http://localhost:3000' };

describe('returnTo', () => {
  it('leads to allowed origins only, whatever it looks like', () => {
    const tricks = fc.constantFrom(
      '@',
      '\\',
      '//',
      '.',
      ':443',
      '#',
      '?',
      '%2f',
      '\t',
      'javascript:',
      'blob:',
      ' ',
    );
    const candidate = fc
      .array(
        fc.oneof(
          tricks,
          fc.constantFrom(...origins, 'evil.example', 'https://'),
          fc.string({ maxLength: 4 }),
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(candidate, (returnTo) => {
        try {
          const end = new URL(checkReturnTo(returnTo, allowed));
          expect(origins).toContain(end.origin);
          expect(end.protocol).toMatch(/^https?:$/);
        } catch (error) {
          expect(error).toBeInstanceOf(EvergrantError);
        }
      }),
    );
  });

  it.each([
    'blob:https://app.example.com/2a8f0f3c-5c8e-4d52-9c3e-0f3d2a1b4c5d',
    'filesystem:https://app.example.com/temporary/x',
    'http://localhost:3000/connect/ticket',
    'http://localhost:3000/oauth/callback?state=x',
    'http://localhost:3000//connect//ticket',
    'http://localhost:3000/%63onnect/ticket',
    'http://localhost:3000/CONNECT/ticket',
    'http://localhost:3000/app/../connect/ticket',
    'http://localhost:3000/connect',
  ])('does not lead to %s', (returnTo) => {
    expect(() => checkReturnTo(returnTo, allowed)).toThrow('returnTo must be');
  });

  it.each([
    'http://localhost:3000/',
    'http://localhost:3000/console?next=/connect/x',
    'http://localhost:3000/connections',
    'https://app.example.com/connect/gmail',
  ])('may lead to %s', (returnTo) => {
    expect(checkReturnTo(returnTo, allowed)).toBe(returnTo);
  });

  it('does not lead to a page of a consent below the path of PUBLIC_URL', () => {
    const below = { origins: ['https://example.com'], publicUrl: 'https://example.com/evergrant' };
    expect(() => checkReturnTo('https://example.com/evergrant/connect/x', below)).toThrow('returnTo must be');
    expect(checkReturnTo('https://example.com/connect/x', below)).toBe('https://example.com/connect/x');
  });

  it('keeps its own query and fragment beside the result', () => {
    expect(withConsentResult('https://app.example.com/a?b=1#c', { error: 'access_denied' })).toBe(
      'https://app.example.com/a?b=1&error=access_denied#c',
    );
  });
});
