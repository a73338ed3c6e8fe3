/**
 * What the result of a tool holds: `text` has all of it in `content`, for people and models, and beside it as
 * structured content only what a program needs to go on; `structure` has all of it as structured content.
 */
export type ResultForm = 'text' | 'structure';
export const resultForms = ['text', 'structure'] as const satisfies ResultForm[];
