import { Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Pages } from '../api/pages.js';
import { words } from '../words.js';
import { Waiting } from './answer.js';
import { ErrorNote } from './error-note.js';

interface PagedListProps<Item> {
  pages: Pages<Item>;
  /** Said where there is nothing. */
  empty: ReactNode;
  children: (items: Item[]) => ReactNode;
}

/** What a list has, that it is asked for, has nothing or failed, and a button for more of it. */
export function PagedList<Item>({ pages, empty, children }: PagedListProps<Item>) {
  const { items, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = pages;
  return (
    <Stack>
      {error && <ErrorNote error={error} again={() => void refetch()} />}
      {items === undefined && !error && <Waiting />}
      {items?.length === 0 && (
        <Text c="dimmed" role="status">
          {empty}
        </Text>
      )}
      {items !== undefined && items.length > 0 && children(items)}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {words.texts.more}
        </Button>
      )}
    </Stack>
  );
}
