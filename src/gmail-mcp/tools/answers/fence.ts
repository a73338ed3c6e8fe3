import { randomUUID } from 'node:crypto';
import { untrustedContentNotice } from '../untrusted-content.js';

/** A line of a text; what is absent is left out. */
export type Line = string | null | undefined | false;

/**
 * Keeps what third parties wrote apart from what we say in one answer: only our own lines begin with a mark that they
 * could not know when they wrote, and that does not occur in what they wrote. So no mail can end itself and go on as
 * the server. Whatever has no mark counts as theirs.
 */
export class Fence {
  private constructor(private readonly boundary: string) {}

  /** A fence for an answer that holds this: a text, or texts at whatever depth. */
  static around(content: unknown, random: () => string = randomBoundary): Fence {
    for (;;) {
      const boundary = random();
      if (!holds(content, boundary)) return new Fence(boundary);
    }
  }

  /** What our lines begin with. */
  get mark(): string {
    return `[${this.boundary}]`;
  }

  /** A line of our own. */
  own(line: string): string {
    return `${this.mark} ${onOneLine(line)}`;
  }

  /** The lines of an answer, which is told how to read it. */
  text(lines: readonly Line[]): string {
    const how = `${untrustedContentNotice} Only lines that begin with ${this.mark} are this server's.`;
    return [how, ...present(lines), this.own('end')].join('\n');
  }

  /** A long text of theirs as a field of its own, with the mark beside it. */
  enclosed<Body extends { text: string }>(body: Body): Body & { fence: string } {
    return { ...body, text: [this.own('begin'), body.text, this.own('end')].join('\n'), fence: this.mark };
  }

  /** How to read fields, among which are enclosed ones. */
  noticeOfEnclosed(): string {
    return `${untrustedContentNotice} Each text of theirs is between two lines that begin with ${this.mark}.`;
  }
}

/** A value of theirs behind its name, on one line: it cannot begin a line that would pass for another field. */
export function field(name: string, value: string | null | undefined): Line {
  return value ? onOneLine(`${name}: ${value}`) : null;
}

/** The lines that there are. */
export function present(lines: readonly Line[]): string[] {
  return lines.filter((line): line is string => typeof line === 'string');
}

/** Keys are our own. */
function holds(content: unknown, text: string): boolean {
  if (typeof content === 'string') return content.includes(text);
  return (
    typeof content === 'object' &&
    content !== null &&
    Object.values(content).some((each) => holds(each, text))
  );
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The first 32 bits of a UUID are random (RFC 9562, section 5.4), and Node.js draws many at once. */
function randomBoundary(): string {
  return randomUUID().slice(0, 8);
}
