import type { GmailMessage, MessagePart } from '../client/answers.js';
import { decodeText } from '../charsets/charset.js';
import { headerOf, placedParts } from '../client/message-parts.js';
import { textAsHtml } from '../composing/text-as-html.js';
import type { MessageReader, ReadableMessage } from '../reading/message-reader.js';
import { TaskEnded } from '../threads/task-ended.js';
import type { WorkerThreads } from '../threads/worker-threads.js';
import { type Attribution, forwardAttribution, replyAttribution } from './attribution.js';
import { quotedText, withWholeLinks } from './quoted-text.js';
import type { ForeignHtml } from './sanitized-html.js';

/** What stands below what is written: a message that is answered or forwarded, in both forms. */
export interface QuotedOriginal {
  text: string;
  html: string;
}

/** HTML beyond this is quoted from its text; a quarter of it makes a mail that Gmail clips. */
const longestHtmlChars = 2_000_000;
const quoteStart =
  '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">';

/** Quotes messages for one call, as Gmail does. */
export class OriginalQuotes {
  constructor(
    private readonly reader: MessageReader,
    private readonly threads: WorkerThreads,
    private readonly signal?: AbortSignal,
  ) {}

  /**
   * Below a reply: who wrote it and when, and its text marked as theirs.
   * @param message in format `full`
   */
  async reply(message: GmailMessage): Promise<QuotedOriginal> {
    const read = await this.reader.read(message);
    const { text, html } = replyAttribution(read);
    const body = await this.bodyOf(message, read, []);
    return {
      text: `${text}\n\n${quotedText(body.text)}`,
      html: quotation(html, `${quoteStart}${body.html}</blockquote>`),
    };
  }

  /**
   * Below a note to those it is forwarded to: all of it, not marked.
   * @param message in format `full`
   * @param contentIds of the pictures in its text that go along
   */
  async forward(message: GmailMessage, contentIds: readonly string[]): Promise<QuotedOriginal> {
    const read = await this.reader.read(message);
    const { text, html } = forwardAttribution(read);
    const body = await this.bodyOf(message, read, contentIds);
    return { text: `${text}\n\n\n${body.text}`, html: quotation(html, `<br><br>${body.html}`) };
  }

  private async bodyOf(
    { payload }: GmailMessage,
    { body }: ReadableMessage,
    contentIds: readonly string[],
  ): Promise<Attribution> {
    const text = withWholeLinks(body.text, body.links);
    const html = body.source === 'text/html' ? await this.htmlOf(payload, contentIds) : null;
    return { text, html: html ?? textAsHtml(text) };
  }

  /** Null where the text has to do. */
  private async htmlOf(
    payload: MessagePart | undefined,
    contentIds: readonly string[],
  ): Promise<string | null> {
    const parts = [...placedParts(payload)].filter(({ kind }) => kind === 'html' || kind === 'text');
    // Texts of several parts are put together by the reader alone.
    const htmlParts = parts.filter(({ kind }) => kind === 'html');
    const [only] = htmlParts;
    if (only === undefined || htmlParts.length > 1 || (only.part.body.data?.length ?? 0) > longestHtmlChars)
      return null;
    const bytes = Buffer.from(only.part.body.data ?? '', 'base64url');
    const foreign: ForeignHtml = {
      html: decodeText(bytes, headerOf(only.part, 'content-type'), true),
      contentIds,
    };
    try {
      return await this.threads.run('sanitizeHtml', foreign, { signal: this.signal });
    } catch (failure) {
      if (failure instanceof TaskEnded) return null;
      throw failure;
    }
  }
}

function quotation(attribution: string, quoted: string): string {
  return `<br><div class="gmail_quote gmail_quote_container">${attribution}${quoted}</div>`;
}
