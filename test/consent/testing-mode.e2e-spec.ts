import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { accessToken, refresh } from '../harness/access-tokens.js';
import { ended, newPerson, read } from '../harness/people.js';
import { sandboxClientId, TestApp } from '../harness/test-app.js';

const weekSeconds = 7 * 24 * 3600;

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());
afterEach(() => app.google.configure({ refreshTokenLifetimeSeconds: null }));

async function secondsLeft(id: string): Promise<number> {
  const { body } = await app.api<{ grantExpiresAt: string }>('GET', `/api/instances/${id}`);
  const { now } = await app.google.clock();
  return (Date.parse(body.grantExpiresAt) - Date.parse(now)) / 1000;
}

async function expiringGrants(): Promise<Record<string, number>> {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const found = text.matchAll(/^evergrant_expiring_grants\{within="(\w+)"\} (\d+)$/gm);
  const counts = [...found].map(([, within, count]) => [within ?? '', Number(count)] as const);
  return Object.fromEntries(counts);
}

describe('a grant to an application in testing', () => {
  it('shows when Google ends it: in the view, on the page, in the metric, and on each refresh', async () => {
    await app.google.configure({ refreshTokenLifetimeSeconds: weekSeconds });
    const person = await newPerson(app);
    const { id } = await app.createInstance();
    const end = await ended(await app.begin(id), { account: person });
    expect(await read(end)).toMatch(/Google will end this by itself on \d+ \w+ \d{4} at \d\d:\d\d UTC/);
    expect(await secondsLeft(id)).toBeCloseTo(weekSeconds, -1);
    expect(await expiringGrants()).toEqual({ '2d': 0, later: 1 });

    await app.advance(6 * 24 * 3600);
    expect((await refresh(app, id)).status).toBe(200);
    expect(await secondsLeft(id)).toBeCloseTo(24 * 3600, -1);
    expect(await expiringGrants()).toEqual({ '2d': 1, later: 0 });

    await app.advance(24 * 3600 + 60);
    const { status, body } = await accessToken(app, id);
    expect([status, body.errorCode, body.requiresReauth]).toEqual([401, 'INVALID_REFRESH_TOKEN', true]);
    await app.connect(id, { account: person });
    expect(await secondsLeft(id)).toBeCloseTo(weekSeconds, -1);
  });

  it('loses that date by the consent after the application was published', async () => {
    await app.google.configure({ refreshTokenLifetimeSeconds: weekSeconds });
    const person = await newPerson(app);
    const { id } = await app.createInstance();
    await app.connect(id, { account: person });
    await app.google.configure({ refreshTokenLifetimeSeconds: null });
    await app.google.revokeGrants({ account: person, clientId: sandboxClientId });
    const end = await ended(await app.begin(id), { account: person });
    expect(await read(end)).not.toContain('by itself');
    expect((await app.api('GET', `/api/instances/${id}`)).body.grantExpiresAt).toBeNull();
  });
});

describe('a grant to an application that is published', () => {
  it('shows no such date', async () => {
    const { id } = await app.createInstance();
    const end = await ended(await app.begin(id), { account: await newPerson(app) });
    expect(await read(end)).not.toContain('by itself');
    expect((await app.api('GET', `/api/instances/${id}`)).body.grantExpiresAt).toBeNull();
  });
});
