import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pressConnectButton } from '../../sandbox/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { ended, newPerson, read, tryAgain, type Browser } from '../harness/people.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());

function startOAuth(id: string, input: unknown) {
  return app.api<{ authorizationUrl: string }>('POST', `/api/instances/${id}/start-oauth`, input);
}

async function begin(id: string): Promise<Browser> {
  const { body } = await startOAuth(id, { requireHintedAccount: true });
  const { location, cookie } = await pressConnectButton(body.authorizationUrl);
  return { location, cookie: cookie! };
}

describe('a link that requires the hinted account', () => {
  it('connects no other one, and names both', async () => {
    const [owner, other] = [await newPerson(app), await newPerson(app)];
    const { id } = await app.createInstance({ loginHint: owner });
    const end = await ended(await begin(id), { account: other });
    expect(new URL(end.location).searchParams.get('error')).toBe('account_mismatch');
    expect(await read(end)).toContain(`You signed in as ${other}, but this connection belongs to ${owner}.`);
    expect((await app.api('GET', `/api/instances/${id}`)).body).toMatchObject({
      email: null,
      oauthStatus: 'pending',
    });
    const again = await ended(await tryAgain(end), { account: owner });
    expect(again.location).toContain(`connected=${id}`);
  });

  it('says on its page that no other one will do', async () => {
    const owner = await newPerson(app);
    const { id } = await app.createInstance({ loginHint: owner });
    const { body } = await startOAuth(id, { requireHintedAccount: true });
    expect(await read({ location: body.authorizationUrl, cookie: '' })).toContain(`${owner} and no other`);
  });

  it('keeps the grant that is held', async () => {
    const [owner, other] = [await newPerson(app), await newPerson(app)];
    const { id } = await app.createInstance({ loginHint: owner });
    await app.connect(id, { account: owner });
    const end = await ended(await begin(id), { account: other });
    expect(end.location).toContain('error=account_mismatch');
    await app.advance(3600);
    expect((await accessToken(app, id)).status).toBe(200);
  });

  it('takes the address in any case', async () => {
    const owner = await newPerson(app);
    const { id } = await app.createInstance({ loginHint: owner.toUpperCase() });
    expect((await ended(await begin(id), { account: owner })).location).toContain(`connected=${id}`);
  });

  it('is not made where the instance hints at none, or is connected to another', async () => {
    const { id } = await app.createInstance();
    const [owner, other] = [await newPerson(app), await newPerson(app)];
    const elsewhere = await app.createInstance({ loginHint: owner });
    await app.connect(elsewhere.id, { account: other });
    for (const instance of [id, elsewhere.id]) {
      const { status, body } = await startOAuth(instance, { requireHintedAccount: true });
      expect([status, body]).toMatchObject([
        400,
        { errorCode: 'VALIDATION_FAILED', field: 'requireHintedAccount', requiresReauth: false },
      ]);
    }
  });
});

describe('a link that does not', () => {
  it.each([{}, { requireHintedAccount: false }])('takes the account that is chosen: %j', async (input) => {
    const [owner, other] = [await newPerson(app), await newPerson(app)];
    const { id } = await app.createInstance({ loginHint: owner });
    const { body } = await startOAuth(id, input);
    const { location, cookie } = await pressConnectButton(body.authorizationUrl);
    const end = await ended({ location, cookie: cookie! }, { account: other });
    expect(end.location).toContain(`connected=${id}`);
  });
});
