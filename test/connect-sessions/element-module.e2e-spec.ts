import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../harness/test-app.js';

const built = readFileSync('dist/connect/evergrant-connect.js', 'utf8');

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());

function load(headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${app.url}/evergrant-connect.js`, { headers });
}

describe('evergrant-connect.js', () => {
  it('is what the build made, small, and needs nothing else', async () => {
    const response = await load();
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await response.text()).toBe(built);
    expect(built).not.toMatch(/^\s*import\s/m);
    expect(gzipSync(built).length).toBeLessThan(10_000);
  });

  it('may be loaded by any page, without a key, and is kept for minutes', async () => {
    const { status, headers } = await load({ origin: 'https://anyone.example' });
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('is not sent again to who has it', async () => {
    const etag = (await load()).headers.get('etag')!;
    expect(etag).toMatch(/^W\/"/);
    for (const held of [etag, `"other", ${etag}`]) {
      const response = await load({ 'if-none-match': held });
      expect([response.status, await response.text()]).toEqual([304, '']);
    }
    expect((await load({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  it.each([
    ['gzip', 'gzip'],
    ['br, gzip;q=0.5', 'gzip'],
    ['gzip;q=0', null],
    ['gzip;q=0.0', null],
    ['identity', null],
  ])('for Accept-Encoding %s comes in %s', async (accepted, encoding) => {
    const response = await load({ 'accept-encoding': accepted });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(await response.text()).toBe(built);
  });

  it('has no other method', async () => {
    const response = await fetch(`${app.url}/evergrant-connect.js`, { method: 'POST' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
  });
});
