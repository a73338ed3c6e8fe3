import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AllowedMethods } from '../../src/errors/allowed-methods.js';
import { operations } from '../openapi/operations.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0' })));
afterAll(() => app.stop());

const paths = [...new Set(operations.map(({ path }) => path))];

describe('a method that a path does not have', () => {
  it.each(paths)('is answered 405 with those it has: %s', async (path) => {
    const allowed = operations.filter((operation) => operation.path === path).map(({ method }) => method);
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']) {
      if (allowed.includes(method)) continue;
      const response = await fetch(app.url + path.replace(/\{\w+\}/g, 'unknown'), {
        method,
        redirect: 'manual',
        headers: { authorization: `Bearer ${adminApiKey}` },
      });
      expect([method, response.status]).toEqual([method, 405]);
      expect(response.headers.get('allow')?.split(', ')).toEqual([...allowed].sort());
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('is named, with what is possible instead', async () => {
    const { status, body } = await app.api('PUT', '/api/instances/17?x=1', { name: 'x' });
    expect(status).toBe(405);
    expect(body).toEqual({
      error: 'PUT is not possible here, but DELETE, GET, PATCH',
      instanceId: null,
      errorCode: 'METHOD_NOT_ALLOWED',
      requiresReauth: false,
    });
  });

  it('does not make a path of one that is none', async () => {
    for (const path of ['/api/unknown', '/api/instances/17/unknown', '/unknown'])
      expect((await app.api('PUT', path, {})).status).toBe(404);
  });

  it('leaves preflights to CORS', async () => {
    const response = await fetch(`${app.url}/api/instances`, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'PUT' },
    });
    expect(response.status).toBeLessThan(405);
  });
});

const methods = new AllowedMethods();
methods.add('/api/instances', 'POST');
methods.add('/api/instances', ['GET']);
methods.add('/api/instances/:id', ['PATCH', 'DELETE', 'GET']);
methods.add('/api/instances/:id/mcp-tokens/:tokenId', 'DELETE');
methods.add('/api/openapi.json', 'GET');
methods.add('/api/:anything', 'PUT');
methods.add('*', 'OPTIONS');

describe('the methods of a path', () => {
  it.each([
    ['/api/instances', ['GET', 'POST']],
    ['/api/instances/17', ['DELETE', 'GET', 'PATCH']],
    ['/api/instances/17/mcp-tokens/9', ['DELETE']],
    ['/api/openapi.json', ['GET']],
    ['/api/openapi-json', ['PUT']],
    ['/api/instances/', []],
    ['/api/instances/17/unknown', []],
    ['/', []],
  ])('of %s are %j', (path, allowed) => {
    expect(methods.of(path)).toEqual(allowed);
  });
});
