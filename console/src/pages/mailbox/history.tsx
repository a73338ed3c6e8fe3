import { Button, Text, Timeline } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client.js';
import { instanceKeys } from '../../api/instance-cache.js';
import { instant } from '../../format.js';
import { Waiting } from '../../shell/answer.js';
import { ErrorNote } from '../../shell/error-note.js';
import { words } from '../../words.js';
import { inPlainWords, toneOf } from './history-words.js';
import { Section } from '../../shell/section.js';

const texts = words.history;
const pageSize = 50;

/** What happened to the grant, the newest first. */
export function History({ mailboxId }: { mailboxId: string }) {
  const history = useInfiniteQuery({
    queryKey: instanceKeys.part(mailboxId, 'history'),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/api/instances/{id}/events', {
          params: {
            path: { id: mailboxId },
            query: { limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) },
          },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor,
  });
  const events = history.data?.pages.flatMap(({ items }) => items);
  return (
    <Section title={texts.title}>
      {history.error && <ErrorNote error={history.error} again={() => void history.refetch()} />}
      {events === undefined && !history.error && <Waiting />}
      {events?.length === 0 && <Text size="sm">{texts.none}</Text>}
      {events !== undefined && events.length > 0 && (
        <Timeline bulletSize={14} lineWidth={2} active={events.length}>
          {events.map((event) => (
            <Timeline.Item key={event.id} color={toneOf(event)}>
              <Text size="sm">{inPlainWords(event)}</Text>
              <Text size="xs" c="dimmed">
                {instant(event.at)}
                {event.durationMs !== null && `, ${texts.took(event.durationMs)}`}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      )}
      {history.hasNextPage && (
        <Button
          variant="default"
          w="fit-content"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {texts.more}
        </Button>
      )}
    </Section>
  );
}
