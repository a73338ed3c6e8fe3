/** Why part of a message was not read: `work` and the sizes count over all of its parts. */
export type Bound = 'work' | 'htmlSize' | 'textSize' | 'styleSize' | 'depth' | 'parts' | 'failure';

interface WorkLimits {
  /** A step is a character of CSS parsed, or a class of a rule compared: half a microsecond at most. */
  steps: number;
  htmlChars: number;
  /** Of texts of any kind, as they came. */
  textBytes: number;
}

/** The HTML is twenty times what Gmail itself shows before it clips a message; a novel has a million bytes. */
const sizes = { htmlChars: 2_000_000, textBytes: 8_000_000 };
/** In a thread. */
const messageLimits: WorkLimits = { steps: 1_000_000, ...sizes };
/** Ends within some ten milliseconds; enough for nearly all mail. */
const shortLimits: WorkLimits = { steps: 30_000, ...sizes };

/**
 * What it may cost to read one message, counted and not timed, so that the same mail always reads the same; and what
 * of it was left out because of that or another bound.
 */
export class WorkBudget {
  readonly leftOut = new Set<Bound>();
  private stepsLeft: number;
  private htmlCharsLeft: number;
  private textBytesLeft: number;

  constructor({ steps, htmlChars, textBytes }: WorkLimits) {
    this.stepsLeft = steps;
    this.htmlCharsLeft = htmlChars;
    this.textBytesLeft = textBytes;
  }

  static ofMessage(): WorkBudget {
    return new WorkBudget(messageLimits);
  }

  /** For where others wait meanwhile. */
  static ofEventLoop(): WorkBudget {
    return new WorkBudget(shortLimits);
  }

  /** False once the steps are used up: what they were for is not done, and counts as left out. */
  spend(steps: number): boolean {
    this.stepsLeft -= steps;
    if (this.stepsLeft >= 0) return true;
    this.leftOut.add('work');
    return false;
  }

  /** How many of a text's bytes may still be decoded. */
  takeBytes(bytes: number): number {
    const taken = Math.min(bytes, this.textBytesLeft);
    this.textBytesLeft -= taken;
    if (taken < bytes) this.leftOut.add('textSize');
    return taken;
  }

  /** As much of a document as may still be read; nothing of one whose rest could say what of it is hidden. */
  takeHtml(html: string): string {
    const taken = html.slice(0, this.htmlCharsLeft);
    this.htmlCharsLeft -= taken.length;
    if (taken.length === html.length) return html;
    this.leftOut.add('htmlSize');
    return /<style/i.test(html.slice(taken.length - '<style'.length)) ? '' : taken;
  }
}
