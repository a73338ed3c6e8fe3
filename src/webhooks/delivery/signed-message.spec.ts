import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { signedMessage } from './signed-message.js';

const secrets = [1, 2].map((fill) => `whsec_${Buffer.alloc(32, fill).toString('base64')}`);
const message = {
  ...{ eventId: '0b6ac5b4-7f53-4f6a-9c0c-64a6a3a1f001', type: 'mailbox.changed' },
  ...{ at: new Date(0), data: { instanceId: 'i' } },
};

describe('a message', () => {
  it('says what happened, when, and with what', () => {
    expect(signedMessage(message, secrets, new Date()).body).toBe(
      '{"type":"mailbox.changed","timestamp":"1970-01-01T00:00:00.000Z","data":{"instanceId":"i"}}',
    );
  });

  it('is known for ours by the holder of each secret, and by no other', () => {
    const { body, headers } = signedMessage(message, secrets, new Date());
    for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
    const another = new Webhook(`whsec_${Buffer.alloc(32, 3).toString('base64')}`);
    expect(() => another.verify(body, headers)).toThrow();
  });

  it('is the same at every attempt but for its time and so its signature', () => {
    const [one, other] = [0, 5_000].map((ms) => signedMessage(message, secrets, new Date(1e12 + ms)));
    expect(one!.body).toBe(other!.body);
    expect(one!.headers['webhook-id']).toBe(other!.headers['webhook-id']);
    expect(other!.headers['webhook-timestamp']).toBe('1000000005');
    expect(one!.headers['webhook-signature']).not.toBe(other!.headers['webhook-signature']);
  });
});
