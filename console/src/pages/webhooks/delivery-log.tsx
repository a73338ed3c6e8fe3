import { Button, Card, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { ErrorNote } from '../../shell/error-note.js';
import { Waiting } from '../../shell/answer.js';
import { words } from '../../words.js';
import { DeliveryRow } from './delivery-row.js';
import { useDeliveries, useReplay, type Delivery, type DeliveryStatus } from './webhook-queries.js';

const texts = words.webhooks;
const statuses = Object.keys(texts.statuses) as DeliveryStatus[];

/** What a webhook was told, and what came of it. */
export function DeliveryLog({ webhookId, mayReplay }: { webhookId: string; mayReplay: boolean }) {
  const [status, setStatus] = useState<DeliveryStatus | null>(null);
  const log = useDeliveries(webhookId, status);
  const deliveries = log.data?.pages.flatMap(({ items }) => items);
  return (
    <Stack component="section" gap="sm" aria-labelledby="deliveries">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={2} size="h4" id="deliveries">
            {texts.log}
          </Title>
          <Text size="sm" c="dimmed">
            {texts.logHint}
          </Text>
        </div>
        <NativeSelect
          aria-label={texts.show}
          data={[
            { value: '', label: texts.anyStatus },
            ...statuses.map((value) => ({ value, label: texts.statuses[value] })),
          ]}
          value={status ?? ''}
          onChange={({ currentTarget }) =>
            setStatus(statuses.find((each) => each === currentTarget.value) ?? null)
          }
        />
      </Group>
      {log.error && <ErrorNote error={log.error} again={() => void log.refetch()} />}
      {deliveries === undefined ? (
        !log.error && <Waiting lines={3} />
      ) : (
        <Deliveries
          webhookId={webhookId}
          deliveries={deliveries}
          mayReplay={mayReplay}
          none={status === null ? texts.logNone : texts.logNoneFound}
        />
      )}
      {log.hasNextPage && (
        <Button
          variant="default"
          w="fit-content"
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {texts.more}
        </Button>
      )}
    </Stack>
  );
}

interface DeliveriesProps {
  webhookId: string;
  deliveries: Delivery[];
  mayReplay: boolean;
  /** What stands there instead of none. */
  none: string;
}

function Deliveries({ webhookId, deliveries, mayReplay, none }: DeliveriesProps) {
  const replay = useReplay(webhookId);
  return (
    <>
      <div role="status">{replay.isSuccess && <Text size="sm">{texts.replaying}</Text>}</div>
      {replay.error && <ErrorNote error={replay.error} />}
      {deliveries.length === 0 ? (
        <Text size="sm">{none}</Text>
      ) : (
        <Card withBorder padding={0}>
          <ul className="plain-list ruled-list">
            {deliveries.map((delivery) => (
              <DeliveryRow
                key={delivery.id}
                delivery={delivery}
                isReplaying={replay.isPending && replay.variables === delivery.id}
                onReplay={mayReplay ? () => replay.mutate(delivery.id) : null}
              />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
