import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { ResilienceModule } from '../../resilience/index.js';
import { defaultGmailLimits } from '../client/gmail-options.js';
import { answer, GmailServer } from '../client/gmail-server.fixture.js';
import { GmailClient } from '../gmail-client.js';
import { GmailModule } from '../gmail.module.js';
import type { Settings } from './settings.js';

const body = { enableAutoReply: true, responseSubject: 'Away' };
const vacation = { verb: 'PUT', path: 'vacation', body } as const;
const filter = {
  verb: 'POST',
  path: 'filters',
  body: { criteria: { from: 'a' }, action: { forward: 'b' } },
} as const;
const broken = answer(200, '{"enableAuto');
const refused = answer(400, {
  error: { code: 400, message: '', errors: [{ reason: 'failedPrecondition' }] },
});

describe('A setting that lets mail leave', () => {
  let server: GmailServer;
  let module: TestingModule;
  let settings: Settings;

  beforeEach(async () => {
    server = await GmailServer.start();
    const limits = { ...defaultGmailLimits, retryBudgetMs: 200, firstRetryDelayMs: 1 };
    const imports = [ResilienceModule, GmailModule.forRoot({ apiUrl: server.url, limits })];
    module = await Test.createTestingModule({ imports }).compile();
    settings = module.get(GmailClient).open({ accessToken: async () => 'token' }).settings;
  });
  afterEach(async () => {
    await server.stop();
    await module.close();
  });

  it('is set', async () => {
    server.script(answer(200, body));
    await settings.apply(vacation);
    expect(server.requests.map(({ path }) => path)).toEqual(['/gmail/v1/users/me/settings/vacation']);
  });

  it('is known to be set although the answer was lost, since it is read back', async () => {
    server.script(broken, answer(200, { ...body, restrictToContacts: false }));
    await settings.apply(vacation);
    expect(server.requests).toHaveLength(2);
  });

  it('is known not to be set where Gmail tells another one', async () => {
    server.script(broken, answer(200, { enableAutoReply: false }));
    await expect(settings.apply(vacation)).rejects.toMatchObject({
      ...{ code: 'SERVICE_UNAVAILABLE', reason: 'malformedAnswer' },
    });
  });

  it.each([
    ['off', { enableAutoReply: true, restrictToContacts: false }, { enableAutoReply: true }, true],
    ['empty', { responseSubject: '', responseBodyPlainText: 'x' }, { responseBodyPlainText: 'x' }, true],
    ['on', { enableAutoReply: true, restrictToContacts: true }, { enableAutoReply: true }, false],
  ])('is so where Gmail leaves out what is %s', async (_what, wanted, told, isSo) => {
    server.script(answer(200, told));
    expect(await settings.isSetSo({ ...vacation, body: wanted })).toBe(isSo);
  });

  it('is said to be unknown where it cannot be read', async () => {
    server.script(broken, refused);
    await expect(settings.apply(vacation)).rejects.toMatchObject({
      ...{ code: 'UNKNOWN_ERROR', reason: 'outcomeUnknown' },
    });
  });

  it('that is a filter is there where Gmail refuses the same again, and not where it refuses another', async () => {
    server.script(refused, answer(200, { filter: [{ id: 'f', ...filter.body }] }));
    await settings.apply(filter);
    server.script(refused, answer(200, {}));
    await expect(settings.apply(filter)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('is refused at once, without another look, where Gmail says so', async () => {
    server.script(refused);
    await expect(settings.apply(vacation)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(server.requests).toHaveLength(1);
  });

  it('is none of the others', async () => {
    for (const path of ['imap', '../messages/send'])
      await expect(settings.apply({ verb: 'PUT', path, body: {} })).rejects.toThrow(TypeError);
    expect(server.requests).toEqual([]);
  });
});
