import { describe, expect, it } from '@jest/globals';
import { HelloMac, newChallenge } from './hello-mac.js';

const token = 'a-token-that-is-shared-0123456789abcdef';
const mac = new HelloMac(token);
const stranger = new HelloMac('another-token-0123456789abcdef0123456');
const challenge = newChallenge();

/** The caller's own proof, as it is on the wire. */
const callersProof = mac.authorization(challenge).split('.')[1]!;

describe('the hello', () => {
  it('is answered to a caller that knows the token, and the answer proves the same', () => {
    expect(mac.challengeIn(mac.authorization(challenge))).toBe(challenge);
    expect(mac.isProof(mac.proof(challenge), challenge)).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['the token itself', `Bearer ${token}`],
    ['a stranger’s proof', stranger.authorization(challenge)],
    ['a proof of another challenge', `Evergrant-Hello ${newChallenge()}.${callersProof}`],
    ['the service’s proof', `Evergrant-Hello ${challenge}.${mac.proof(challenge)}`],
    ['a proof that is cut', mac.authorization(challenge).slice(0, -1)],
    ['more than a proof', `${mac.authorization(challenge)} `],
  ])('is not answered to who shows %s', (_what, authorization) => {
    expect(mac.challengeIn(authorization)).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['the caller’s own proof, sent back', callersProof],
    ['the challenge', challenge],
    ['a stranger’s proof', stranger.proof(challenge)],
    ['an earlier answer', mac.proof(newChallenge())],
  ])('is not believed to who answers %s', (_what, proof) => {
    expect(mac.isProof(proof, challenge)).toBe(false);
  });

  it('does not show the token', () => {
    expect(mac.authorization(challenge) + mac.proof(challenge)).not.toContain(token);
  });

  it('never asks for the same answer twice', () => {
    expect(new Set(Array.from({ length: 1000 }, newChallenge)).size).toBe(1000);
  });
});
