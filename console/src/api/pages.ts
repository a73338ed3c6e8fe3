import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

interface AnsweredPage<Item> {
  items: Item[];
  nextCursor: string | null;
}

interface PagesOfList<Item> {
  queryKey: readonly unknown[];
  ask: (cursor: { cursor?: string }, signal: AbortSignal) => Promise<AnsweredPage<Item>>;
  /** Asks anew as often while the window is looked at. */
  refetchIntervalMs?: number;
  enabled?: boolean;
}

/** A list of the API as far as its pages were asked for; `items` is undefined before the first. */
export function usePages<Item>({ queryKey, ask, refetchIntervalMs, enabled = true }: PagesOfList<Item>) {
  const pages = useInfiniteQuery({
    queryKey,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => ask(pageParam === null ? {} : { cursor: pageParam }, signal),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: refetchIntervalMs ?? false,
    enabled,
  });
  const { data } = pages;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  return { ...pages, items };
}

export type Pages<Item> = ReturnType<typeof usePages<Item>>;
