import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repository } from '../harness/node-process.js';
import { TestApp } from '../harness/test-app.js';

const assets = readdirSync(join(repository, 'dist/console/assets'));
const script = assets.find((file) => file.endsWith('.js')) ?? '';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());

describe('the page at /', () => {
  it('may run scripts of ours alone, and only styles that bear the nonce of this answer', async () => {
    const [first, second] = await Promise.all([fetch(app.url), fetch(app.url)]);
    const policy = first.headers.get('content-security-policy') ?? '';
    const [, nonce = ''] = /style-src 'self' 'nonce-([\w-]{22})'/.exec(policy) ?? [];
    const body = await first.text();
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(body).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
    expect(body).not.toMatch(/%NONCE%|<style|<script(?![^>]* src="\/assets\/)/);
    expect(await second.text()).not.toContain(nonce);
  });

  it('is asked for each time, and has a head', async () => {
    const head = await fetch(app.url, { method: 'HEAD' });
    expect([head.status, head.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    const posted = await fetch(app.url, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

describe('what the page loads', () => {
  it.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ])('comes as %s, and is kept for ever', async (accepted, encoding) => {
    const { status, headers } = await fetch(`${app.url}/assets/${script}`, {
      headers: { 'accept-encoding': accepted },
    });
    expect([status, headers.get('content-encoding')]).toEqual([200, encoding]);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-type')).toBe('application/javascript; charset=utf-8');
  });

  it.each([
    '/assets/',
    '/assets/unknown.js',
    '/assets/..%2findex.html',
    '/assets/..%2f..%2fpackage.json',
    '/index.html',
    '/console',
  ])('is nothing else: not %s', async (path) => {
    const answer = await fetch(app.url + path);
    const { errorCode } = (await answer.json()) as { errorCode: string };
    expect([answer.status, errorCode]).toEqual([404, 'NOT_FOUND']);
  });
});
