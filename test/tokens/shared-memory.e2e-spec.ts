import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { accessToken, refresh } from '../harness/access-tokens.js';
import { newMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';
import { startOutage } from '../harness/database/database-outage.js';

let first: TestApp;
let second: TestApp;
beforeAll(async () => {
  first = await TestApp.start();
  second = await TestApp.start({}, { beside: first });
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});

/** A token that both replicas hold in memory. */
async function rememberedToken(id: string): Promise<string> {
  await until('both remember it', async () => {
    const answers = [await accessToken(first, id), await accessToken(second, id)];
    return answers.every(({ body }) => body.source === 'cache');
  });
  return (await accessToken(second, id)).body.accessToken;
}

const withinASecond = { limitMs: 1_500 };

describe('what one process changes', () => {
  it('replaces the token in the memory of another: a refresh', async () => {
    const { id } = await newMailbox(first);
    const old = await rememberedToken(id);
    await refresh(first, id);
    const renewed = (await accessToken(first, id)).body.accessToken;
    expect(renewed).not.toBe(old);
    await until(
      'the other one serves it',
      async () => (await accessToken(second, id)).body.accessToken === renewed,
      withinASecond,
    );
  });

  it('replaces it: a reconnect', async () => {
    const { id, account } = await newMailbox(first);
    const old = await rememberedToken(id);
    await first.connect(id, { account });
    await until(
      'the other one serves another',
      async () => (await accessToken(second, id)).body.accessToken !== old,
      withinASecond,
    );
  });

  it('takes it away: a dead grant', async () => {
    const { id, account } = await newMailbox(first);
    await rememberedToken(id);
    await first.google.revokeGrants({ account });
    await refresh(first, id);
    await until(
      'the other one refuses',
      async () => (await accessToken(second, id)).status === 401,
      withinASecond,
    );
  });

  it('takes it away though another instance still points to the credential row: a disconnect', async () => {
    const { id, account } = await newMailbox(first);
    await rememberedToken(id);
    await first.api('DELETE', `/api/instances/${id}`);
    const again = await first.createInstance();
    await first.connect(again.id, { account });
    const fresh = (await accessToken(first, again.id)).body.accessToken;
    await until(
      'the other one serves the new grant',
      async () => (await accessToken(second, again.id)).body.accessToken === fresh,
      withinASecond,
    );
  });
});

it('is followed again after an outage of the database, which is logged once', async () => {
  const { id } = await newMailbox(first);
  const old = await rememberedToken(id);
  const endOutage = await startOutage(first.environment.DATABASE_URL!);
  await until('the feed misses it', () => second.log.some((line) => line.includes('feed of changes')));
  await endOutage();
  await refresh(first, id);
  await until(
    'the other one serves another',
    async () => (await accessToken(second, id)).body.accessToken !== old,
  );
  expect(second.log.filter((line) => line.includes('feed of changes')).length).toBeLessThanOrEqual(2);
});
