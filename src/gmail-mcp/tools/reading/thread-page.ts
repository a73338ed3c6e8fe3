import { type GmailMessage, OlderTexts, quotedHistory, type ReadableMessage } from '../../../gmail/index.js';
import type { Room } from './body-view.js';
import { type MessageView, viewMessage } from './message-view.js';

/** An answer quotes what it answers, and that the rest; so many messages before it are looked for in it. */
const messagesQuoted = 5;

const noLimit: Room = { chars: Infinity, tokens: Infinity };

interface PageOptions {
  room: Room;
  /** Shows quotes of older messages instead of folding them. */
  expandQuotes: boolean;
  read: (message: GmailMessage) => Promise<ReadableMessage>;
}

/**
 * As many messages as there is room for, in the given order, which is newest first, and at least one. A message that
 * does not fit is left to the next page whole; only one that is longer than a page is cut.
 */
export async function threadPage(
  messages: readonly GmailMessage[],
  { room, expandQuotes, read }: PageOptions,
): Promise<MessageView[]> {
  const page: MessageView[] = [];
  const left = { ...room };
  const readables = new Map<GmailMessage, Promise<ReadableMessage>>();
  const readOnce = (message: GmailMessage): Promise<ReadableMessage> => {
    const readable = readables.get(message) ?? read(message);
    readables.set(message, readable);
    return readable;
  };
  for (const [index, message] of messages.entries()) {
    const readable = await readOnce(message);
    const older = expandQuotes ? [] : messages.slice(index + 1, index + 1 + messagesQuoted);
    const texts: string[] = [];
    // One after the other: what they cost is not to come at once.
    for (const each of older) texts.push((await readOnce(each)).body.text);
    const folds = quotedHistory(readable.body.text, new OlderTexts(texts));
    const whole = viewMessage(readable, noLimit, folds);
    const fits = whole.taken.chars <= left.chars && whole.taken.tokens <= left.tokens;
    if (!fits && page.length > 0) break;
    const { view, taken } = fits ? whole : viewMessage(readable, left, folds);
    page.push(view);
    left.chars -= taken.chars;
    left.tokens -= taken.tokens;
  }
  return page;
}
