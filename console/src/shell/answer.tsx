import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { words } from '../words.js';
import { ErrorNote } from './error-note.js';

interface AnswerProps<Data> {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
  /** What stands there until then, of about the same height. */
  waiting?: ReactNode;
}

/** What a query answered, or that it is under way, or why it failed. What was answered before stays beside a failure. */
export function Answer<Data>({ query, children, waiting }: AnswerProps<Data>) {
  const { data, error, refetch } = query;
  return (
    <Stack>
      {error && <ErrorNote error={error} again={() => void refetch()} />}
      {data === undefined ? !error && (waiting ?? <Waiting />) : children(data)}
    </Stack>
  );
}

/** Grey lines in the place of what is being asked for. */
export function Waiting({ lines = 4 }: { lines?: number }) {
  return (
    <Stack role="status" aria-label={words.shell.loading}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={24} />
      ))}
    </Stack>
  );
}
