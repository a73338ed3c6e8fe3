/**
 * Characters that a reader does not see, or that turn around what stands beside them: controls but line feed and tab,
 * all of Unicode's format characters and further line ends, fillers that count as letters, the selectors and tags that
 * can carry a hidden text (Unicode Standard, sections 23.2 to 23.9).
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]|\u034F|[\u115F\u1160\u3164\uFFA0\u2800]|\u17B4|\u17B5|\p{Variation_Selector}/gu;

/** Joins signs to one picture: of these no reader is misled. */
const partOfPicture =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})|(?<=\p{Emoji})\uFE0F/gu;

const kept = new Set(['\n', '\t']);

/** A stretch of a text; one that is written out, as `[U+202E]`, stands for a character that would stay unseen. */
export interface ShownPart {
  text: string;
  isWrittenOut: boolean;
}

/** A text with all that would stay unseen in it written out. The console shares it, so it uses nothing of the server. */
export function shownParts(text: string): ShownPart[] {
  const pictures = new Set([...text.matchAll(partOfPicture)].map(({ index }) => index));
  const parts: ShownPart[] = [];
  let reached = 0;
  for (const { 0: character, index } of text.replaceAll('\r\n', ' \n').matchAll(unseen)) {
    if (kept.has(character) || pictures.has(index)) continue;
    parts.push({ text: text.slice(reached, index), isWrittenOut: false });
    parts.push({ text: codePoint(character), isWrittenOut: true });
    reached = index + character.length;
  }
  parts.push({ text: text.slice(reached), isWrittenOut: false });
  return parts.filter((part) => part.text !== '');
}

function codePoint(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`;
}
