import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TestApp } from '../harness/test-app.js';
import { hostileHeader, hostileSegment, hostileText, wellFormed } from './hostile.js';
import { assertInoffensive } from './inoffensive.js';

const at = 25;
const rounds = 8;

/** How Node refuses a query longer than 16 KB, before the application sees it (RFC 6585 section 5). */
const headersTooLarge = 431;

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start({ LOG_LEVEL: 'warn' })));
afterAll(() => app.stop());

async function visit(
  path: string,
  cookie = '',
  { method = 'GET' } = {},
): Promise<{ status: number; location: string; html: string }> {
  const response = await fetch(app.url + path, {
    method,
    redirect: 'manual',
    headers: { ...(cookie === '' ? {} : { cookie }), ...(method === 'POST' ? { origin: app.url } : {}) },
  });
  return {
    status: response.status,
    location: response.headers.get('location') ?? '',
    html: await response.text(),
  };
}

/** Only to pages of ours, or to the provider's consent page. */
function expectSafe({ status, location, html }: Awaited<ReturnType<typeof visit>>): void {
  expect(status).toBeLessThan(500);
  assertInoffensive(app, [], html);
  if (location === '') return;
  const { origin, pathname } = new URL(location);
  expect([new URL(app.url).origin, new URL(app.environment.GOOGLE_AUTH_URL).origin]).toContain(origin);
  expect(pathname).toMatch(/^\/(oauth\/done|o\/oauth2\/v2\/auth)$/);
}

async function all<Input>(input: fc.Arbitrary<Input>, check: (input: Input) => Promise<void>): Promise<void> {
  const together = fc.array(input, { minLength: at, maxLength: at });
  await fc.assert(
    fc.asyncProperty(together, async (inputs) => {
      await Promise.all(inputs.map(check));
    }),
    { numRuns: rounds, endOnFailure: true },
  );
}

const encoded = hostileText.map((text) => encodeURIComponent(wellFormed(text)));
const parameter = fc.oneof(
  encoded,
  fc.constantFrom('access_denied', 'invalid_scope', 'https://accounts.google.com'),
);
const query = fc
  .record(
    { code: parameter, state: parameter, iss: parameter, error: parameter, extra: parameter },
    { requiredKeys: [] },
  )
  .map((pairs) =>
    Object.entries(pairs)
      .map(([name, value]) => `${name}=${value}`)
      .join('&'),
  );

describe('the pages of a consent', () => {
  it('take any ticket', () =>
    all(hostileSegment, async (ticket) => expectSafe(await visit(`/connect/${ticket}`))));

  it('take any button, in any browser', () =>
    all(fc.tuple(hostileSegment, hostileHeader), async ([segment, cookie]) => {
      expectSafe(await visit(`/connect/${segment}`, cookie, { method: 'POST' }));
      expectSafe(await visit(`/oauth/retry/${segment}`, cookie, { method: 'POST' }));
      expectSafe(await visit(`/oauth/done?flow=${segment}`, cookie));
    }));

  it('take any answer from any sender', () =>
    all(fc.tuple(query, hostileHeader), async ([search, cookie]) =>
      expectSafe(await visit(`/oauth/callback?${search}`, cookie)),
    ));

  it('take any answer in the browser that began, and connect nothing by it', async () => {
    const { id } = await app.createInstance();
    const answer = fc.record({ code: encoded, iss: parameter, error: parameter }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(answer, async (given) => {
        const { location, cookie } = await app.begin(id);
        const state = new URL(location).searchParams.get('state') ?? '';
        const search = Object.entries({ ...given, state }).map(([name, value]) => `${name}=${value}`);
        const end = await visit(`/oauth/callback?${search.join('&')}`, cookie);
        expectSafe(end);
        if (end.status === headersTooLarge) return;
        // A code that is none leads back to Google once.
        expect(end.location).toMatch(/[?&](error=|prompt=consent)/);
      }),
      { numRuns: 40 },
    );
    const { body } = await app.api('GET', `/api/instances/${id}`);
    expect(body.oauthStatus).toBe('pending');
  });

  it('show nothing of what they were called with', () =>
    all(hostileText, async (text) => {
      const mark = `mark${wellFormed(text).replaceAll('\u0000', '')}<b>`;
      const { status, html } = await visit(`/oauth/done?error=${encodeURIComponent(mark)}`);
      expect([status, html.includes(mark)]).toEqual([200, false]);
    }));
});
