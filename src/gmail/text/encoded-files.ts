/** `begin 644 photo.jpg` and lines of at most 45 bytes, each with its length before it (POSIX, uuencode). */
const uuBegin = /^begin(?:-base64)? [0-7]{3,4} (\S.{0,199})$/;
const uuLine = /^[!-M`][ -`]{1,84}$/;
const yBegin = /^=ybegin .{0,200}?name=(.{1,199})$/;
const yEnd = /^=yend\b/;
/** Shorter than this it is no file, but a text about files. */
const leastLines = 2;

/** A text with a note in place of each file that stands encoded in it, as before MIME. */
export function withoutEncodedFiles(text: string): string {
  if (!/^(?:begin|=ybegin)[ -]/m.test(text)) return text;
  const lines = text.split(/\r\n|\r|\n/);
  const kept: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const end = endOfFile(lines, index);
    if (end === null) kept.push(lines[index] ?? '');
    else {
      kept.push(noteOf(lines[index] ?? ''));
      index = end;
    }
  }
  return kept.join('\n');
}

/** The last line of the file that begins in a line; null where none does, or it is never closed. */
function endOfFile(lines: readonly string[], start: number): number | null {
  const begin = lines[start] ?? '';
  if (uuBegin.test(begin)) return endOfUu(lines, start);
  return yBegin.test(begin) ? endOfY(lines, start) : null;
}

function endOfUu(lines: readonly string[], start: number): number | null {
  const end = firstBehind(lines, start, (line) => line === 'end' || !uuLine.test(line));
  // The last line of data says that it has none.
  const last = /^[` ]?$/.test(lines[end] ?? 'x') ? end + 1 : end;
  return lines[last] === 'end' && last - start > leastLines ? last : null;
}

function endOfY(lines: readonly string[], start: number): number | null {
  const end = firstBehind(lines, start, (line) => yEnd.test(line) || yBegin.test(line));
  return yEnd.test(lines[end] ?? '') ? end : null;
}

/** -1 where there is none. */
function firstBehind(lines: readonly string[], start: number, isIt: (line: string) => boolean): number {
  for (let index = start + 1; index < lines.length; index += 1) if (isIt(lines[index] ?? '')) return index;
  return -1;
}

function noteOf(begin: string): string {
  const name = (uuBegin.exec(begin) ?? yBegin.exec(begin))?.[1] ?? '';
  return `[A file that is encoded in the text is left out: ${name.trim()}]`;
}
