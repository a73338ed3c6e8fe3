import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Mailbox } from './mailbox.js';
import { ModelStage } from './model-stage.js';

let stage: ModelStage;
beforeAll(async () => void (stage = await ModelStage.start()), 60_000);
afterAll(() => stage.stop());

const update = 'an unrelated update of the row';
const reconnect = 'the reconnect in flight arrives';
const late = 'the late holder gets its answer';

const orders = [
  [update, reconnect, late],
  [update, late, reconnect],
  [reconnect, update, late],
  [reconnect, late, update],
  [late, update, reconnect],
  [late, reconnect, update],
];

/** A consent and a refresh stand at the provider's door, in the order in which they will be answered. */
const beginnings: Record<string, (mailbox: Mailbox) => Promise<void>> = {
  [reconnect]: (mailbox) => mailbox.beginHeld('authorization_code', () => mailbox.consent()),
  [late]: (mailbox) => mailbox.beginHeld('refresh_token', () => mailbox.forcedRefresh(0)),
};

describe.each(['rotate', 'rotate-and-revoke-family'] as const)(
  'with a provider that does %s,',
  (rotation) => {
    it.each(orders)('%s, %s, %s: the old refresh token never comes back', async (...order) => {
      const held: (string | null)[] = [];
      await stage.live('rotating', async (mailbox, model) => {
        await stage.app.google.configure({ rotation });
        await mailbox.step('rotated once, so that we know', () => mailbox.forcedRefresh(0));
        for (const what of order)
          if (what !== update) await mailbox.step(`before: ${what}`, () => beginnings[what]!(mailbox));
        await mailbox.step('the lease lapses', () => mailbox.pass(31));
        for (const what of order) {
          await mailbox.step(what, () =>
            what === update ? mailbox.updateUnrelated() : mailbox.releaseOldest(),
          );
          held.push(model.held);
        }
        // Whichever came last, it is the consent's token that is presented from now on.
        const consented = held[order.indexOf(reconnect)];
        expect(model.held).toBe(consented);
        await mailbox.step('asked by the other replica', () => mailbox.accessToken(1));
        await mailbox.step('forced by the other replica', () => mailbox.forcedRefresh(1));
        expect(model.held).not.toBe(consented);
      });
    });
  },
);

describe('a consent that brings no refresh token, while the held one is being rotated,', () => {
  // What is under way belongs to the generation before: the token that it spends is not kept, another one is asked for.
  it('does not cost the token that it is rotated into', async () => {
    await stage.live('rotating-and-silent', async (mailbox) => {
      await stage.app.google.configure({ rotation: 'rotate' });
      await mailbox.step('a refresh is held', () =>
        mailbox.beginHeld('refresh_token', () => mailbox.forcedRefresh(0)),
      );
      await mailbox.step('consent', () => mailbox.consent());
      await mailbox.step('released', () => mailbox.releaseAll());
    });
  });
});
