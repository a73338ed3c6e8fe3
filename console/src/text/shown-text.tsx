import { Mark } from '@mantine/core';
import { shownParts, type ShownPart } from '../../../src/policy/approvals/unseen-characters.js';

/** A text that others wrote, as text: what would stay unseen in it is written out, and it turns nothing around. */
export function ShownText({ text }: { text: string }) {
  return (
    <bdi>
      {joined(shownParts(text)).map(({ text: part, isWrittenOut }, index) =>
        isWrittenOut ? <Mark key={index}>{part}</Mark> : part,
      )}
    </bdi>
  );
}

/** Many in a row are one mark, or a text made of nothing else would be too much for a browser. */
function joined(parts: readonly ShownPart[]): ShownPart[] {
  const runs: ShownPart[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last?.isWrittenOut === true && part.isWrittenOut) last.text += part.text;
    else runs.push({ ...part });
  }
  return runs;
}
