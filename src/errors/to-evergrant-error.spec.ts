import { NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { EvergrantError } from './evergrant-error.js';
import { errorBody } from './renderings/rest.js';
import { toEvergrantError } from './to-evergrant-error.js';

function withCode(code: string, fields: object = {}) {
  return Object.assign(new Error('secret text'), { code, ...fields });
}

describe('whatever was thrown', () => {
  it.each([
    ['our own error', new EvergrantError('ADMIN_BLOCKED'), 'ADMIN_BLOCKED'],
    ['an unknown route', new NotFoundException(), 'NOT_FOUND'],
    ['a body that is too large', new PayloadTooLargeException(), 'PAYLOAD_TOO_LARGE'],
    [
      'Fastify’s broken JSON',
      withCode('FST_ERR_CTP_INVALID_JSON_BODY', { statusCode: 400 }),
      'VALIDATION_FAILED',
    ],
    [
      'Fastify’s body limit',
      withCode('FST_ERR_CTP_BODY_TOO_LARGE', { statusCode: 413 }),
      'PAYLOAD_TOO_LARGE',
    ],
    [
      'Fastify’s unknown media type',
      withCode('FST_ERR_CTP_INVALID_MEDIA_TYPE', { statusCode: 415 }),
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a client that hangs up amidst its body',
      withCode('ECONNRESET', { statusCode: 400 }),
      'VALIDATION_FAILED',
    ],
    ['a database that refuses connections', withCode('ECONNREFUSED'), 'SERVICE_UNAVAILABLE'],
    ['a database that is shutting down', withCode('57P01'), 'SERVICE_UNAVAILABLE'],
    [
      'a query inside of which that happened',
      Object.assign(new Error('x'), { driverError: withCode('57P03') }),
      'SERVICE_UNAVAILABLE',
    ],
    [
      'a pool that has no connection to give',
      new Error('timeout exceeded when trying to connect'),
      'SERVICE_UNAVAILABLE',
    ],
    [
      'a transaction whose connection broke',
      new QueryRunnerProviderAlreadyReleasedError(),
      'SERVICE_UNAVAILABLE',
    ],
    ['the end of such a transaction', new QueryRunnerAlreadyReleasedError(), 'SERVICE_UNAVAILABLE'],
    ['a violated constraint', withCode('23505'), 'UNKNOWN_ERROR'],
    [
      'a fault with a status that is not Fastify’s',
      withCode('EWHATEVER', { statusCode: 401 }),
      'UNKNOWN_ERROR',
    ],
    ['a bug', new TypeError('secret text'), 'UNKNOWN_ERROR'],
    ['no error at all', 'secret text', 'UNKNOWN_ERROR'],
  ])('%s gets its code, and none of its text is shown', (_case, thrown, code) => {
    const body = errorBody(toEvergrantError(thrown));
    expect(Object.keys(body).slice(0, 4)).toEqual(['error', 'instanceId', 'errorCode', 'requiresReauth']);
    expect(body.errorCode).toBe(code);
    expect(body.requiresReauth).toBe(false);
    expect(JSON.stringify(body)).not.toContain('secret text');
  });
});
