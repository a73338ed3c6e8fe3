import { describe, expect, it } from '@jest/globals';
import { originForm } from './http-adapter.js';

describe('a request target', () => {
  it.each([
    ['/mcp/1?a=b', '/mcp/1?a=b', 'given.example'],
    ['*', '*', 'given.example'],
    ['http://evergrant.example:3000/mcp/1?a=b', '/mcp/1?a=b', 'evergrant.example:3000'],
    ['HTTPS://evergrant.example/', '/', 'evergrant.example'],
    ['http://evergrant.example', '/', 'evergrant.example'],
    ['http://evergrant.example?a=b', '/?a=b', 'evergrant.example'],
    ['/http://evergrant.example/', '/http://evergrant.example/', 'given.example'],
  ])('%s is served as %s of %s', (url, path, host) => {
    const headers = { host: 'given.example' };
    expect([originForm({ url, headers }), headers.host]).toEqual([path, host]);
  });
});
