import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

async function prefixOf(id: string): Promise<string | null> {
  const { body } = await app.api<{ toolPrefix: string | null }>('GET', `/api/instances/${id}`);
  return body.toolPrefix;
}

it('has none unless it is given one', async () => {
  const { id } = await app.createInstance();
  expect(await prefixOf(id)).toBeNull();
});

it('is set, changed and taken away, and stays where it is not named', async () => {
  const { id } = await app.createInstance({ toolPrefix: 'work' });
  const patch = (body: object) => app.api('PATCH', `/api/instances/${id}`, body);
  expect(await prefixOf(id)).toBe('work');
  await patch({ toolPrefix: 'private_2' });
  await patch({ name: 'Private mailbox' });
  expect(await prefixOf(id)).toBe('private_2');
  await patch({ toolPrefix: null });
  expect(await prefixOf(id)).toBeNull();
});

it.each(['Work', '2work', 'work_', 'work__mail', 'work-mail', 'wörk', '', 'longer_than_16_ch', 7])(
  'refuses what makes no name that all clients take: %j',
  async (toolPrefix) => {
    const { status, body } = await app.api('POST', '/api/instances', { name: 'Mailbox', toolPrefix });
    expect([status, body]).toEqual([
      400,
      expect.objectContaining({ errorCode: 'VALIDATION_FAILED', field: 'toolPrefix' }),
    ]);
  },
);
