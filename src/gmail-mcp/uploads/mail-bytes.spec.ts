import { expect, it } from '@jest/globals';
import { MailBytes } from './mail-bytes.js';

const mb = 1024 * 1024;

it('holds no more large mail at once than there is room for, and gives the room back', async () => {
  const bytes = new MailBytes();
  const under = (tenant: string, size: number) => {
    let done = (): void => undefined;
    const ended = new Promise<void>((resolve) => (done = resolve));
    return { result: bytes.within(tenant, size, () => ended), done };
  };
  const first = under('a', 35 * mb);
  await expect(under('a', 35 * mb).result).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    reason: 'mail_bytes',
  });
  const second = under('b', 35 * mb);
  await expect(under('c', 35 * mb).result).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  await bytes.within('c', 1 * mb, async () => undefined);
  first.done();
  await first.result;
  const third = under('c', 35 * mb);
  second.done();
  third.done();
  await Promise.all([second.result, third.result]);
});
