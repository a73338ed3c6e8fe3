import { z } from 'zod';
import type { Room } from './reading/body-view.js';

/** What is read at once unless more is asked for. */
export const defaultPageChars = 20_000;
/** MCP clients stop at about 25,000 tokens, and some scripts take a token per character. */
const maxPageChars = 25_000;

/** The argument of a tool that lists: how much of it at once. */
export const maxCharsOfList = z.int().min(1000).default(defaultPageChars);

/**
 * So many tokens an answer has, by `tokenEstimate`: at worst 10,000 to a model. Clients cut results off, or refuse
 * them, at 25,000 and sooner.
 */
const answerTokens = 8_500;

/** The room of an answer that may have so many characters. Who asks for more than the default gets more tokens, too. */
export function answerRoom(maxChars: number): Room {
  const chars = Math.min(maxChars, maxPageChars);
  return { chars, tokens: chars > defaultPageChars ? chars : answerTokens };
}
