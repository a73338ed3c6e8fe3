import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiError } from './api-error.js';
import type { Schemas } from './client.js';
import { followEvents, type StreamPosition } from './event-stream.js';
import { forgetInstance, forgetInstances, rememberInstance } from './instance-cache.js';
import { presenceKey, signedOut, type Session } from './presence.js';

/** Keeps what the pages show as it is now, while they are in sight: browsers hold few connections to one server. */
export function useLiveChanges({ rights }: Session): void {
  const queryClient = useQueryClient();
  const mayRead = rights.includes('instances:read');
  useEffect(() => {
    if (!mayRead) return undefined;
    let following = new AbortController();
    const position: StreamPosition = { lastEventId: null };
    let wasHidden = false;
    const follow = () => {
      following.abort();
      following = new AbortController();
      if (document.hidden) {
        wasHidden = true;
        return;
      }
      // Without a place to go on from, what was told meanwhile is not known.
      if (wasHidden && position.lastEventId === null) forgetInstances(queryClient);
      void followChanges(queryClient, position, following.signal);
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      following.abort();
    };
  }, [queryClient, mayRead]);
}

async function followChanges(
  queryClient: QueryClient,
  position: StreamPosition,
  signal: AbortSignal,
): Promise<void> {
  try {
    await followEvents(position, signal, ({ event, data }) => take(queryClient, event, data));
  } catch (error) {
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED')
      queryClient.setQueryData(presenceKey, signedOut('ended'));
  }
}

function take(queryClient: QueryClient, event: string | undefined, data: string): void {
  if (event === 'instance') rememberInstance(queryClient, JSON.parse(data) as Schemas['Instance']);
  if (event === 'instance-deleted') forgetInstance(queryClient, (JSON.parse(data) as { id: string }).id);
  if (event === 'reset') forgetInstances(queryClient);
}
