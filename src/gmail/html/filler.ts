/** Characters without width that mean nothing in text: mails hide their preview's end behind runs of them. */
const meaningless = /\u034f+|[\u00ad\u061c\u180e\u200b\u2060-\u2064\ufeff]+/g;
/** Joiners and blanks that mean something alone (Persian, emoji, French), but not in runs. */
const blankRun = /[ \u00a0\u2000-\u200a\u200c-\u200f\u202f]{3,}/g;
const plainBlanks = /^ +$/;

/** Leaves filler characters out; indentation by ordinary spaces stays. */
export function withoutFiller(text: string): string {
  return text.replaceAll(meaningless, '').replaceAll(blankRun, (run) => (plainBlanks.test(run) ? run : ' '));
}
