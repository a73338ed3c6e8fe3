import { describe, expect, it } from '@jest/globals';
import { AllowedMethods } from './allowed-methods.js';

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
