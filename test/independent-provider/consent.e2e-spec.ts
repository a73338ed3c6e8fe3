import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { Stage } from './stage.js';

// Real processes start.
jest.setTimeout(90_000);

describe.each([{ addressInIdToken: true }, { addressInIdToken: false }])(
  'an OAuth server that is none of ours, address in its id_token: $addressInIdToken,',
  (settings) => {
    let stage: Stage;
    beforeAll(async () => void (stage = await Stage.start(settings)));
    afterAll(() => stage.stop());

    it('is consented to on its own pages, with and without an account hinted at', async () => {
      const hinted = await stage.connect('hinted@example.com', { loginHint: 'hinted@example.com' });
      expect(await stage.about(hinted)).toMatchObject({ email: 'hinted@example.com', requiresReauth: false });
      const chosen = await stage.connect('chosen@example.com');
      expect(await stage.about(chosen)).toMatchObject({ email: 'chosen@example.com', requiresReauth: false });
    });

    it('rotates with each refresh, and is connected to again', async () => {
      const account = 'again@example.com';
      const id = await stage.connect(account);
      const { deployment, api, provider } = stage;
      for (let refreshes = 1; refreshes <= 3; refreshes += 1) {
        expect(await deployment.refresh(api, id)).toMatchObject({ status: 200, stale: false });
        expect(provider.refreshes(account)).toBe(refreshes);
      }
      await stage.consent(id, account);
      expect(await deployment.refresh(api, id)).toMatchObject({ status: 200, stale: false });
    });

    it('is told of a grant that is no longer wanted, by a client that shows its secret', async () => {
      const id = await stage.connect('unwanted@example.com');
      expect(stage.provider.revoked('unwanted@example.com')).toBe(0);
      expect(await stage.delete(id)).toBe(204);
      await until('the grant is revoked', () => stage.provider.revoked('unwanted@example.com') === 1);
    });
  },
);
