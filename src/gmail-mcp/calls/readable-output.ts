import type { ContentBlock } from '@modelcontextprotocol/server';
import { readableText } from '../../gmail/index.js';

/**
 * A tool's output as a model may see it: every string in it, at whatever depth, has passed `readableText`. Keys are
 * the tool's own. Ids and page tokens are ASCII and stay as they are.
 */
export function readableOutput<Output>(output: Output): Output {
  return readable(output) as Output;
}

/** The same of a block beside it; a picture has no text. */
export function readableBlock(block: ContentBlock): ContentBlock {
  return block.type === 'image' ? block : readableOutput(block);
}

function readable(value: unknown): unknown {
  if (typeof value === 'string') return readableText(value);
  if (isReadable(value)) return value;
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, readable(each)]));
}

/** Nearly every output is, and needs no copy. */
function isReadable(value: unknown): boolean {
  if (typeof value === 'string') return readableText(value) === value;
  return typeof value !== 'object' || value === null || Object.values(value).every(isReadable);
}
