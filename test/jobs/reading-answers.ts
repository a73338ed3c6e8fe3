// How a model reads an answer, whether it is JSON or plain text.

/** The ids of messages that an answer names, in its order. */
export function messageIds(answer: string): string[] {
  return unique(answer.matchAll(/(?:"id":"|\bmessage )([\da-f]{16})\b/g));
}

/** The ids of threads that an answer names, in its order. */
export function threadIds(answer: string): string[] {
  return unique(answer.matchAll(/(?:"threadId":"|\bthread )([\da-f]{16})\b/g));
}

/** What an answer says of each message that it names, in its order. */
export function messagesIn(answer: string): string[] {
  const starts = messageIds(answer).map((id) => answer.search(new RegExp(`(?:"id":"|\\bmessage )${id}`)));
  return starts.map((start, index) => answer.slice(start, starts[index + 1]));
}

/** The value of a field, however it is written. */
export function fieldOf(answer: string, name: string): string | undefined {
  return new RegExp(`\\b${name}"?: ?"?((?:[^"\\n\\\\]|\\\\.)+)`, 'i').exec(answer)?.[1];
}

export function nextPage(answer: string): string | undefined {
  return /\b(?:nextPageToken|pageToken)\W+([\w-]{6,})/.exec(answer)?.[1];
}

export function cursorIn(answer: string): string {
  return /\bcursor\b\W+([\w-]{40,})/.exec(answer)?.[1] ?? '';
}

export function linkIn(answer: string): string {
  return /https?:\/\/[^\s"]+/.exec(answer)?.[0] ?? '';
}

function unique(matches: Iterable<RegExpExecArray>): string[] {
  return [...new Set(Array.from(matches, ([, id]) => id ?? ''))];
}
