import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { answered, api, done, type Schemas } from '../../api/client.js';

export type Webhook = Schemas['Webhook'];
export type Delivery = Schemas['WebhookDelivery'];
export type DeliveryStatus = Delivery['status'];

/** All that a tenant may have, and more. */
const listedAtMost = 100;
const loggedAtOnce = 25;
const soonMs = 3_000;
const laterMs = 15_000;
/** A log that was read this far back is not read anew by itself. */
const pagesReadAnew = 3;

const keys = {
  all: ['webhooks'] as const,
  list: ['webhooks', 'list'] as const,
  one: (id: string) => ['webhooks', 'one', id] as const,
  log: (id: string) => ['webhooks', 'log', id] as const,
};

export function useWebhooks() {
  return useQuery({
    queryKey: keys.list,
    queryFn: () => answered(api.GET('/api/webhooks', { params: { query: { limit: listedAtMost } } })),
  });
}

/** Asked for now and then: by itself it may be switched off, or begin to fail. */
export function useWebhook(id: string) {
  return useQuery({
    queryKey: keys.one(id),
    queryFn: () => answered(api.GET('/api/webhooks/{id}', { params: { path: { id } } })),
    refetchInterval: laterMs,
  });
}

export function useNewWebhook() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Pick<Webhook, 'url' | 'events'>) => answered(api.POST('/api/webhooks', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.list }),
  });
}

export function useWebhookUpdate(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<Pick<Webhook, 'url' | 'events' | 'enabled'>>) =>
      answered(api.PATCH('/api/webhooks/{id}', { params: { path: { id } }, body })),
    onSuccess: (webhook) => {
      queryClient.setQueryData(keys.one(id), webhook);
      return queryClient.invalidateQueries({ queryKey: keys.list });
    },
  });
}

export function useWebhookDeletion(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => done(api.DELETE('/api/webhooks/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      // Its page is still open, and would only hear that it is gone.
      await queryClient.invalidateQueries({ queryKey: keys.one(id), refetchType: 'none' });
      await queryClient.invalidateQueries({ queryKey: keys.list });
    },
  });
}

export function useSecretRotation(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (overlapSeconds: number) =>
      answered(
        api.POST('/api/webhooks/{id}/secrets', { params: { path: { id } }, body: { overlapSeconds } }),
      ),
    onSuccess: () => readAnew(queryClient, id),
  });
}

export function useWebhookTest(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => answered(api.POST('/api/webhooks/{id}/test', { params: { path: { id } } })),
    onSettled: () => readAnew(queryClient, id),
  });
}

export function useReplay(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (deliveryId: string) =>
      answered(
        api.POST('/api/webhooks/{id}/deliveries/{deliveryId}/replay', {
          params: { path: { id, deliveryId } },
        }),
      ),
    onSettled: () => readAnew(queryClient, id),
  });
}

/** The log, newest first; read anew while one looks at it, and sooner while something is on its way. */
export function useDeliveries(id: string, status: DeliveryStatus | null) {
  return useInfiniteQuery({
    queryKey: [...keys.log(id), status],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/api/webhooks/{id}/deliveries', {
          params: {
            path: { id },
            query: {
              limit: loggedAtOnce,
              ...(status !== null && { status }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined || data.pages.length > pagesReadAnew) return false;
      return data.pages.some(({ items }) => items.some(isUnderWay)) ? soonMs : laterMs;
    },
  });
}

/** Ended it is delivered or given up, and may be replayed. */
export function isUnderWay({ endedAt }: Delivery): boolean {
  return endedAt === null;
}

async function readAnew(queryClient: QueryClient, id: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: keys.one(id) }),
    queryClient.invalidateQueries({ queryKey: keys.list }),
    queryClient.invalidateQueries({ queryKey: keys.log(id) }),
  ]);
}
