/** A word of a body, or a picture's alternative text: where it stands, and in which link. */
export interface Piece {
  words: string[];
  boxes: { x: number; y: number; width: number; height: number }[];
  /** As the document writes it, resolved by `<base>` where there is one; empty without a link. */
  target: string;
}

export function piecesOfPage(pattern: string): Piece[];
export function takeContentOut(): void;
export function differences(of: {
  drawn: string;
  empty: string;
  places: Piece['boxes'][];
}): Promise<boolean[]>;
