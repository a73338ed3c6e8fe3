import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useSession } from '../../api/session.js';
import { instant, sinceOrIn } from '../../format.js';
import { words } from '../../words.js';
import { outcomeInWords } from './outcome.js';
import { Word } from './webhook-badge.js';
import { isUnderWay, type Delivery, type DeliveryStatus } from './webhook-queries.js';

const texts = words.webhooks;

const colors = {
  pending: 'blue',
  failed: 'yellow',
  delivered: 'teal',
  given_up: 'red',
} as const satisfies Record<DeliveryStatus, string>;

interface DeliveryRowProps {
  delivery: Delivery;
  isReplaying: boolean;
  /** Null where one may not. */
  onReplay: (() => void) | null;
}

/** One event on its way. */
export function DeliveryRow({ delivery, isReplaying, onReplay }: DeliveryRowProps) {
  const { type, status, createdAt, isReplay } = delivery;
  const what = texts.events[type];
  const outcome = outcomeInWords(delivery);
  return (
    <Group component="li" p="md" gap="md" justify="space-between" align="flex-start">
      <Stack gap={4} flex="1 1 16rem">
        <Group gap="xs">
          <Text fw={600} size="sm">
            {what}
          </Text>
          <Word color={colors[status]} text={texts.statuses[status]} />
          {isReplay && <Word color="gray" text={texts.replayed} />}
        </Group>
        {outcome !== '' && <Text size="sm">{outcome}</Text>}
        <Text size="sm" c="dimmed">
          {[instant(createdAt), progressOf(delivery)].join(' · ')}
        </Text>
        <Whence delivery={delivery} />
      </Stack>
      {onReplay && !isUnderWay(delivery) && (
        <Button
          variant="default"
          size="xs"
          loading={isReplaying}
          aria-label={texts.replayLabel(what, instant(createdAt))}
          onClick={onReplay}
        >
          {texts.replay}
        </Button>
      )}
    </Group>
  );
}

function Whence({ delivery: { instanceId, eventId } }: { delivery: Delivery }) {
  const { rights } = useSession();
  return (
    <Text size="xs" c="dimmed">
      {texts.eventId} {eventId}
      {instanceId !== null && rights.includes('instances:read') && (
        <>
          {' · '}
          <Anchor component={Link} href={`/mailboxes/${instanceId}`} size="xs" underline="always">
            {texts.mailbox}
          </Anchor>
        </>
      )}
    </Text>
  );
}

function progressOf(delivery: Delivery): string {
  const { attempts, nextAttemptAt } = delivery;
  const tried = attempts === 0 ? texts.notTried : texts.attempts(attempts);
  if (!isUnderWay(delivery)) return tried;
  return `${tried} · ${nextAttemptAt === null ? texts.inLine : texts.next(sinceOrIn(nextAttemptAt))}`;
}
