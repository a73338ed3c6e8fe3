import { describe, expect, it } from '@jest/globals';
import { errors } from 'jose';
import { isOurPusher, isWithoutKeys } from './pusher-claims.js';

const ours = 'pusher@project.iam.gserviceaccount.com';

describe('a token', () => {
  it.each([
    ['of our service account is our pusher', { email: ours, email_verified: true }, true],
    ['of another is not', { email: 'other@project.iam.gserviceaccount.com', email_verified: true }, false],
    ['of an address that is not verified is not', { email: ours, email_verified: false }, false],
    ['that says so in words only is not', { email: ours, email_verified: 'true' }, false],
    ['without an address is not', {}, false],
  ])('%s', (_what, claims, isOurs) => {
    expect(isOurPusher(claims, ours)).toBe(isOurs);
  });
});

describe('whether a token could be judged', () => {
  it.each([
    ['no, while the keys do not come in time', new errors.JWKSTimeout(), true],
    ['no, while something else answers', new errors.JOSEError('Expected 200 OK'), true],
    ['no, while the keys are none', new errors.JWKSInvalid(), true],
    ['no, while there is no network', new TypeError('fetch failed'), true],
    ['yes, where it is of no key of Google', new errors.JWKSNoMatchingKey(), false],
    ['yes, where its signature is wrong', new errors.JWSSignatureVerificationFailed(), false],
    ['yes, where it has expired', new errors.JWTExpired('expired', {}), false],
    ['yes, where it is for another', new errors.JWTClaimValidationFailed('aud', {}), false],
    ['yes, where it is none', new errors.JWSInvalid(), false],
    ['yes, where its algorithm is another', new errors.JOSEAlgNotAllowed(), false],
    ['yes, where it is of a kind that we do not know', new errors.JOSENotSupported(), false],
  ])('%s', (_what, error, without) => {
    expect(isWithoutKeys(error)).toBe(without);
  });
});
