import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Schemas } from './client.js';

type Instance = Schemas['Instance'];
type InstancePages = InfiniteData<Schemas['InstancePage'], string | null>;

/** Under which the answers about instances are kept. */
export const instanceKeys = {
  all: ['instances'] as const,
  lists: ['instances', 'list'] as const,
  list: (filters: object) => ['instances', 'list', filters] as const,
  one: (id: string) => ['instances', 'one', id] as const,
  /** What is kept of it beside its own fields, such as its history. */
  partsOf: (id: string) => ['instances', 'part', id] as const,
  part: (id: string, part: string) => ['instances', 'part', id, part] as const,
};

/** An instance as it is now: lists that show it are mended in place, others read anew. */
export function rememberInstance(queryClient: QueryClient, instance: Instance): void {
  queryClient.setQueryData(instanceKeys.one(instance.id), instance);
  void queryClient.invalidateQueries({ queryKey: instanceKeys.partsOf(instance.id) });
  for (const [queryKey, list] of queryClient.getQueriesData<InstancePages>({
    queryKey: instanceKeys.lists,
  })) {
    if (list === undefined) continue;
    if (shows(list, instance.id)) queryClient.setQueryData(queryKey, withItems(list, replacing(instance)));
    else if (isLongUntilEnd(list)) continue;
    else if (isUnfiltered(queryKey)) queryClient.setQueryData(queryKey, withLast(list, instance));
    else void queryClient.invalidateQueries({ queryKey });
  }
}

/** There is none any more, which a page that shows it need not ask. */
export function forgetInstance(queryClient: QueryClient, id: string): void {
  queryClient.setQueryData(instanceKeys.one(id), null);
  queryClient.setQueriesData<InstancePages>({ queryKey: instanceKeys.lists }, (list) =>
    list === undefined || !shows(list, id)
      ? list
      : withItems(list, (items) => items.filter((instance) => instance.id !== id)),
  );
}

/** Everything is to be read anew. */
export function forgetInstances(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: instanceKeys.all });
}

function shows({ pages }: InstancePages, id: string): boolean {
  return pages.some(({ items }) => items.some((instance) => instance.id === id));
}

/** New instances come last: a list with more to come will show them in its time. */
function isLongUntilEnd({ pages }: InstancePages): boolean {
  return pages.at(-1)?.nextCursor != null;
}

function isUnfiltered(queryKey: readonly unknown[]): boolean {
  return Object.keys(queryKey.at(-1) ?? {}).length === 0;
}

function withLast(list: InstancePages, instance: Instance): InstancePages {
  const last = list.pages.length - 1;
  const pages = list.pages.map((page, index) =>
    index === last ? { ...page, items: [...page.items, instance] } : page,
  );
  return { ...list, pages };
}

function withItems(list: InstancePages, change: (items: Instance[]) => Instance[]): InstancePages {
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: change(page.items) })) };
}

function replacing(instance: Instance): (items: Instance[]) => Instance[] {
  return (items) => items.map((each) => (each.id === instance.id ? instance : each));
}
