import { describe, expect, it } from '@jest/globals';
import { inPlainWords, toneOf } from './history-words.js';

const plain = { trigger: null, path: null, reason: null, errorCode: null };

describe('a line of the history', () => {
  it.each([
    [{ event: 'consent', outcome: 'completed' }, 'Consent was given.', 'teal'],
    [
      { event: 'refresh', outcome: 'refreshed', path: 'oauth-service', trigger: 'schedule' },
      'A new token was fetched, through the OAuth service, by schedule.',
      'teal',
    ],
    [
      {
        event: 'refresh',
        outcome: 'unavailable',
        path: 'direct',
        trigger: 'expiry',
        errorCode: 'NETWORK_ERROR',
      },
      'No new token could be had, directly, as it was about to end: Google could not be reached.',
      'yellow',
    ],
    [
      { event: 'refresh', outcome: 'rejected', trigger: 'probe', reason: 'invalid_grant' },
      'Google refused a new token, to see whether the grant lives: invalid_grant.',
      'red',
    ],
    [{ event: 'verdict', outcome: 'failed' }, 'The grant is dead: Google has said so twice.', 'red'],
    [{ event: 'novelty', outcome: 'begun' }, 'novelty: begun', 'teal'],
  ] as const)('%j reads well', (event, words, tone) => {
    expect(inPlainWords({ ...plain, ...event })).toBe(words);
    expect(toneOf(event)).toBe(tone);
  });
});
