import { describe, expect, it } from '@jest/globals';
import { EvergrantError } from '../../../errors/index.js';
import { MailBytes } from '../../uploads/mail-bytes.js';
import { withCountedDraft } from './counted-draft.js';

const mb = 1_048_576;

/** A draft of so many bytes, as Gmail tells them beforehand, and what was fetched of it. */
function place(mimeBytes: number, told: number | null = mimeBytes, mailBytes = new MailBytes()) {
  const fetched: string[] = [];
  const drafts = {
    sizeBytes: async () => told,
    raw: async (draftId: string) => {
      fetched.push(draftId);
      return { draftId, messageId: 'm1', threadId: 't1', mime: Buffer.alloc(mimeBytes) };
    },
  };
  return { fetched, context: { drafts, mailBytes, instance: { tenantId: 'tenant' } } };
}

const refused = { code: 'RATE_LIMITED', reason: 'mail_bytes' };

describe('the mail of a draft', () => {
  it.each<[string, number | null]>([
    ['by what Gmail tells', 30 * mb],
    ['as the largest there is, where Gmail does not tell', null],
  ])('is counted before it is fetched, %s, till the work is done', async (_how, told) => {
    const { fetched, context } = place(30 * mb, told);
    let end = (): void => undefined;
    const first = withCountedDraft('first', context, () => new Promise<void>((resolve) => (end = resolve)));
    await expect(withCountedDraft('second', context, async () => 'done')).rejects.toMatchObject(refused);
    expect(fetched).toEqual(['first']);
    end();
    await first;
    expect(await withCountedDraft('third', context, async (draft) => draft?.draftId)).toBe('third');
  });

  it('is counted as what it is where it turns out to be larger', async () => {
    const mailBytes = new MailBytes();
    const { context } = place(30 * mb, 1_000, mailBytes);
    await withCountedDraft('grown', context, async () => {
      await expect(mailBytes.within('tenant', 30 * mb, async () => 'done')).rejects.toMatchObject(refused);
    });
    expect(await mailBytes.within('tenant', 30 * mb, async () => 'done')).toBe('done');
  });

  it.each(['sizeBytes', 'raw'] as const)(
    'is told to be gone where Gmail knows no draft: %s',
    async (when) => {
      const { context } = place(1_000);
      const goneDrafts = { ...context.drafts, [when]: () => Promise.reject(new EvergrantError('NOT_FOUND')) };
      const done = await withCountedDraft('gone', { ...context, drafts: goneDrafts }, async (draft) => draft);
      expect(done).toBeNull();
    },
  );

  it('does not take for gone what the work does not find', async () => {
    const { context } = place(1_000);
    let calls = 0;
    const work = withCountedDraft('draft', context, () => {
      calls += 1;
      return Promise.reject(new EvergrantError('NOT_FOUND'));
    });
    await expect(work).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(calls).toBe(1);
  });
});
