import { bodyPage, charsWithin, type TextRange, tokenEstimate } from '../../../gmail/index.js';

/** How much of an answer is left. */
export interface Room {
  chars: number;
  /** By `tokenEstimate`. */
  tokens: number;
}

/** A body as an answer shows it; offsets and `totalChars` are those of the whole text, quotes included. */
export interface BodyView {
  text: string;
  truncated: boolean;
  totalChars: number;
  nextOffset?: number;
}

interface Piece {
  /** What is shown of it. */
  text: string;
  start: number;
  isFold: boolean;
}

/** The text from `offset` on with a line in place of each folded range, as far as there is room; something always is. */
export function bodyView(
  text: string,
  room: Room,
  { folds = [], offset = 0 }: { folds?: readonly TextRange[]; offset?: number } = {},
): BodyView {
  const left = { ...room };
  const shown: Piece[] = [];
  const pieces = piecesOf(text, folds, offset);
  for (const piece of pieces) {
    const chars = Math.min(
      left.chars,
      charsWithin(piece.text.slice(0, Math.max(left.chars, 0)), left.tokens),
    );
    if (chars < piece.text.length) {
      const { cut, nextOffset } = cutPiece(piece, shown.length === 0 ? Math.max(chars, 1) : chars);
      return { ...viewOf([...shown, cut], text), truncated: true, nextOffset };
    }
    shown.push(piece);
    // Estimates cost as much as reading; nothing comes after the last piece.
    if (shown.length === pieces.length) break;
    left.chars -= piece.text.length;
    left.tokens -= tokenEstimate(piece.text);
  }
  return viewOf(shown, text);
}

function viewOf(shown: readonly Piece[], whole: string): BodyView {
  return {
    text: shown.map(({ text }) => text).join(''),
    truncated: false,
    totalChars: whole.length,
  };
}

function piecesOf(text: string, folds: readonly TextRange[], offset: number): Piece[] {
  let position = text.length - bodyPage(text, Infinity, offset).text.length;
  const pieces: Piece[] = [];
  const show = (end: number): void => {
    if (end > position) pieces.push({ text: text.slice(position, end), start: position, isFold: false });
    position = Math.max(position, end);
  };
  for (const { start, end } of folds) {
    show(start);
    if (end <= position) continue;
    pieces.push({ text: foldNote(end - position), start: position, isFold: true });
    position = end;
  }
  show(text.length);
  return pieces;
}

/** The note on what is folded is shown whole or not at all. */
function cutPiece({ text, start, isFold }: Piece, chars: number): { cut: Piece; nextOffset: number } {
  if (isFold || chars < 1) return { cut: { text: '', start, isFold: false }, nextOffset: start };
  const page = bodyPage(text, chars);
  return { cut: { ...page, start, isFold: false }, nextOffset: start + page.text.length };
}

function foldNote(chars: number): string {
  return `[${chars} characters quoted from older messages left out]`;
}
