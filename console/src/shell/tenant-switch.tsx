import { NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answered, api } from '../api/client.js';
import type { Session } from '../api/presence.js';
import { useTenantSwitch } from '../api/session.js';
import { words } from '../words.js';

const pageSize = 100;

/** Which tenant the operator works in. */
export function TenantSwitch({ session }: { session: Session }) {
  const tenants = useInfiniteQuery({
    queryKey: ['tenants'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/api/tenants', {
          params: { query: { limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = tenants;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const change = useTenantSwitch();
  const known = tenants.data?.pages.flatMap(({ items }) => items) ?? [];
  const all = known.some(({ id }) => id === session.tenantId)
    ? known
    : [{ id: session.tenantId, name: session.tenantName }, ...known];
  return (
    <NativeSelect
      size="xs"
      label={words.shell.tenant}
      data={all.map(({ id, name }) => ({ value: id, label: name }))}
      value={session.tenantId}
      onChange={({ currentTarget }) => change.mutate(currentTarget.value)}
    />
  );
}
