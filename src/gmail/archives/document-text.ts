/** The text of a document has reached the length that is read at most. */
export class TextFull extends Error {
  override readonly name = 'TextFull';
}

/** Cells of a row that stand empty between two others; more are no layout of a person's. */
const mostEmptyCells = 50;

/**
 * The text of a document as it is read: lines, and rows of tables with ` | ` between their cells. Takes no more than
 * `maxChars` characters.
 */
export class DocumentText {
  private readonly lines: string[] = [];
  private line = '';
  private row: string[] = [];
  private tables = 0;
  private chars = 0;
  private heading: string | null = null;

  constructor(private readonly maxChars: number) {}

  /** How many characters there is room for. */
  get room(): number {
    return Math.max(this.maxChars - this.chars, 0) + 1;
  }

  /** @throws TextFull when there is no room for it */
  write(text: string): void {
    this.spend(text.length);
    this.line += text;
  }

  /** Ends a line; in a cell, which has one, a word. */
  endLine(): void {
    if (this.tables > 0) this.write(' ');
    else this.pushLine(this.line);
  }

  /** A heading of ours for what follows, shown as soon as something does. */
  section(heading: string): void {
    this.endOpenLine();
    this.heading = heading;
  }

  /** A line of ours. */
  mark(line: string): void {
    this.section(line);
    this.showHeading();
  }

  /** Tables in cells of others become text of theirs. */
  openTable(): void {
    if (this.tables === 0) this.endOpenLine();
    this.tables += 1;
  }

  closeCell(emptyBefore = 0): void {
    if (this.tables > 1) {
      this.write(' ');
      return;
    }
    const empty = Math.min(emptyBefore, mostEmptyCells);
    this.spend(empty + 1);
    for (let each = 0; each < empty; each += 1) this.row.push('');
    this.row.push(this.line.replaceAll(/\s+/g, ' ').trim());
    this.line = '';
  }

  closeRow(): void {
    if (this.tables > 1) return;
    const last = this.row.findLastIndex((cell) => cell !== '');
    if (last >= 0) this.pushLine(this.row.slice(0, last + 1).join(' | '));
    this.row = [];
    this.line = '';
  }

  closeTable(): void {
    this.tables = Math.max(this.tables - 1, 0);
    if (this.tables === 0) this.line = '';
  }

  /** What has been read, one empty line at most between two others. */
  text(): string {
    this.endOpenLine();
    return this.lines
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim();
  }

  private endOpenLine(): void {
    const open = [...this.row, this.line].filter((each) => each.trim() !== '').join(' | ');
    this.row = [];
    this.line = '';
    this.tables = 0;
    if (open !== '') this.lines.push(...this.takeHeading(), open.trimEnd());
  }

  private pushLine(line: string): void {
    this.line = '';
    this.spend(1);
    const shown = line.trimEnd();
    this.lines.push(...(shown === '' ? [] : this.takeHeading()), shown);
  }

  private showHeading(): void {
    this.lines.push(...this.takeHeading());
  }

  private takeHeading(): string[] {
    const { heading } = this;
    this.heading = null;
    return heading === null ? [] : ['', heading];
  }

  private spend(chars: number): void {
    this.chars += chars;
    if (this.chars > this.maxChars) throw new TextFull();
  }
}
