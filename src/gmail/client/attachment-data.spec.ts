import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attachmentBytes } from './attachment-data.js';

const noLimit = 1_000_000;

async function* cut(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    if (at >= bytes.length) return;
    yield await Promise.resolve(bytes.subarray(at, at + size));
    at += size;
  }
}

async function read(text: string, sizes: readonly number[] = [], maxBytes = noLimit): Promise<Buffer> {
  const read: Buffer[] = [];
  for await (const each of attachmentBytes(cut(text, sizes), maxBytes)) read.push(each);
  return Buffer.concat(read);
}

const fileBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const borders = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 400 });
/** As Google may write it: padded or not, `=` and `/` escaped or not. */
const spellings: Record<string, (bytes: Buffer) => string> = {
  base64url: (bytes) => bytes.toString('base64url'),
  padded: (bytes) => bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
  escaped: (bytes) => bytes.toString('base64').replaceAll('=', '\\u003d').replaceAll('/', '\\/'),
};
const others = [
  (data: string) => `{"data":"${data}"}`,
  (data: string) => `{\n  "size": 300,\n  "data": "${data}"\n}\n`,
  (data: string) =>
    `{"data" : "${data}", "size": 3, "more": {"data": "QUJD"}, "list": ["data", {"data":"eA"}]}`,
  (data: string) => `{"odd\\"data":"QUJD","x":"data","list":[1,"data",["data"]],"n":null,"data":"${data}"}`,
];

describe('the data of an attachment', () => {
  it.each(Object.keys(spellings))('comes out whole wherever its answer is cut (%s)', async (spelling) => {
    await fc.assert(
      fc.asyncProperty(fileBytes, borders, fc.constantFrom(...others), async (bytes, sizes, answer) => {
        const read_ = await read(answer(spellings[spelling]!(bytes)), sizes);
        expect(read_.equals(bytes)).toBe(true);
      }),
    );
  });

  it('comes while the answer still does, and is not gathered', async () => {
    const [first, last] = [Buffer.alloc(3_000, 'a'), Buffer.alloc(3_000, 'b')];
    let isAllAsked = false;
    async function* answer(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from(`{"data":"${first.toString('base64url')}`));
      isAllAsked = true;
      yield Buffer.from(`${last.toString('base64url')}"}`);
    }
    const bytes = attachmentBytes(answer(), noLimit);
    const { value } = await bytes.next();

    expect(isAllAsked).toBe(false);
    expect((value as Buffer).length).toBeGreaterThan(2_990);
  });

  it.each([
    ['ends early', '{"data":"QUJD'],
    ['ends before its object does', '{"data":"QUJD"'],
    ['has no data', '{"size":3}'],
    ['has data elsewhere alone', '{"inner":{"data":"QUJD"}}'],
    ['is a page', '<html>"data":"QUJD"</html>'],
    ['has data that is no base64', '{"data":"QU*D"}'],
    ['has a lone last character', '{"data":"QUJDR"}'],
    ['is padded in the middle', '{"data":"QQ==QUJD"}'],
    ['has an escape that is none', '{"data":"\\uZZZZQUJD"}'],
    ['is empty', ''],
  ])('is refused where the answer %s', async (_what, answer) => {
    await expect(read(answer)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      reason: 'malformedAnswer',
    });
  });

  it('is no longer than allowed', async () => {
    const answer = `{"data":"${Buffer.alloc(100).toString('base64url')}"}`;

    expect(await read(answer, [50, 50], 100)).toHaveLength(100);
    await expect(read(answer, [50, 50], 99)).rejects.toMatchObject({ reason: 'answerTooLarge' });
  });

  it('is not waited for to its end when it is too long', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"data":"');
      for (let asked = 0; asked < 10; asked += 1) yield await Promise.resolve(Buffer.from('QUJD'));
      throw new Error('read on');
    }
    const all = async (): Promise<void> => {
      for await (const each of attachmentBytes(endless(), 9)) expect(each.length).toBeLessThan(9);
    };

    await expect(all()).rejects.toMatchObject({ reason: 'answerTooLarge' });
  });
});
