import { plainText } from '../../../policy/index.js';
import type { ToolContext } from '../define-tool.js';

/** Notes what a caller has written into a draft, so that it is not another conversation's when it is read again. */
export function noteDrafted(
  { body = '', htmlBody = '' }: { body?: string | undefined; htmlBody?: string | undefined },
  threadId: string,
  { drafted }: Pick<ToolContext, 'drafted'>,
): void {
  for (const text of [body, plainText(htmlBody)]) if (text !== '') drafted({ threadId, text });
}
