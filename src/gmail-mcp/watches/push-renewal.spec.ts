import { expect, it } from '@jest/globals';
import { EvergrantError } from '../../errors/index.js';
import { renewalFailure } from './push-renewal.js';

it.each([
  ['of another project, which is a bad request', new EvergrantError('VALIDATION_FAILED'), 'refused'],
  ['that is not there', new EvergrantError('NOT_FOUND'), 'refused'],
  [
    'that Gmail may not publish to',
    new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'forbidden' }),
    'refused',
  ],
  ['that Gmail could not be asked about', new EvergrantError('NETWORK_ERROR'), 'failed'],
  ['while the quota is spent', new EvergrantError('RATE_LIMITED', { reason: 'mailbox_quota' }), 'failed'],
  ['while Gmail fails', new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'backendError' }), 'failed'],
  ['while the grant is dead', new EvergrantError('INVALID_REFRESH_TOKEN'), 'failed'],
])('a topic %s', (_what, error, status) => {
  expect(renewalFailure(error)).toEqual({ status });
});
