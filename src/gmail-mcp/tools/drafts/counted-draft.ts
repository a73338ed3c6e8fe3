import { largestMailBytes, type RawDraft } from '../../../gmail/index.js';
import type { ToolContext } from '../define-tool.js';
import { isGone } from './draft-id.js';

/**
 * Does some work with a draft's mail, which is counted from before it is fetched as long as it is in memory.
 * @param work is given null where Gmail knows no such draft (any more)
 * @throws what `MailBytes` throws where there is no room; what Gmail refuses; what the work throws
 */
export async function withCountedDraft<Result>(
  draftId: string,
  { drafts, mailBytes, instance: { tenantId } }: CountingContext,
  work: (draft: RawDraft | null) => Promise<Result>,
): Promise<Result> {
  const sizeBytes = await orGone(drafts.sizeBytes(draftId));
  if (sizeBytes === gone) return work(null);
  const countedBytes = sizeBytes ?? largestMailBytes;
  return mailBytes.within(tenantId, countedBytes, async () => {
    const draft = await orGone(drafts.raw(draftId));
    if (draft === gone) return work(null);
    // It was estimated, and may have been changed since.
    const further = draft.mime.length - countedBytes;
    return further <= 0 ? work(draft) : mailBytes.within(tenantId, further, () => work(draft));
  });
}

interface CountingContext {
  drafts: Pick<ToolContext['drafts'], 'sizeBytes' | 'raw'>;
  mailBytes: ToolContext['mailBytes'];
  instance: Pick<ToolContext['instance'], 'tenantId'>;
}

const gone = Symbol('gone');

async function orGone<Answer>(answer: Promise<Answer>): Promise<Answer | typeof gone> {
  try {
    return await answer;
  } catch (error) {
    if (isGone(error)) return gone;
    throw error;
  }
}
