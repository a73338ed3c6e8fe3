/** Under which the answers about people are kept. */
export const personKeys = {
  all: ['people'] as const,
  list: ['people', 'list'] as const,
  one: (id: string) => ['people', 'one', id] as const,
};
