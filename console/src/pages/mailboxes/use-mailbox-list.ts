import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answered, api } from '../../api/client.js';
import { instanceKeys } from '../../api/instance-cache.js';
import type { MailboxState } from '../../mailboxes/state-badge.js';

export interface MailboxFilters {
  q?: string;
  state?: MailboxState;
}

const pageSize = 200;

/** Mailboxes as far as they were asked for; the live changes keep them, so that they are not read anew. */
export function useMailboxList(filters: MailboxFilters) {
  const list = useInfiniteQuery({
    queryKey: instanceKeys.list(filters),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/api/instances', {
          params: {
            query: { ...filters, limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
  const pages = list.data?.pages;
  const mailboxes = useMemo(() => pages?.flatMap(({ items }) => items), [pages]);
  return { ...list, mailboxes };
}
