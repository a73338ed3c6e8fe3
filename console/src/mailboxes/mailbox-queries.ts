import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answered, api, done, type Schemas } from '../api/client.js';
import type { Mailbox } from './state-badge.js';
import { forgetInstance, instanceKeys, rememberInstance } from '../api/instance-cache.js';

type Patch = Partial<Pick<Schemas['Instance'], 'name' | 'readOnly' | 'toolsets'>>;

/** One mailbox, kept as it is now by the live changes; null once it was deleted. */
export function useMailbox(id: string) {
  return useQuery<Mailbox | null>({
    queryKey: instanceKeys.one(id),
    queryFn: () => answered(api.GET('/api/instances/{id}', { params: { path: { id } } })),
  });
}

export function useMailboxUpdate(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Patch) =>
      answered(api.PATCH('/api/instances/{id}', { params: { path: { id } }, body })),
    onSuccess: (instance) => rememberInstance(queryClient, instance),
  });
}

/** Asks Google for a new token, which is the least that shows whether all of it works. */
export function useTestCall(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answered(api.POST('/api/instances/{id}/refresh', { params: { path: { id } }, body: {} })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: instanceKeys.one(id) }),
  });
}

export function useDisconnection(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (revoke: boolean) =>
      done(
        api.DELETE('/api/instances/{id}', {
          params: { path: { id }, query: { revoke: revoke ? 'true' : 'false' } },
        }),
      ),
    onSuccess: () => forgetInstance(queryClient, id),
  });
}
