import { Anchor, Button, Card, Group, Stack, Text } from '@mantine/core';
import { PlusIcon } from '@primer/octicons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useSession } from '../../api/session.js';
import { instant } from '../../format.js';
import { Answer } from '../../shell/answer.js';
import { Page } from '../../shell/page.js';
import { words } from '../../words.js';
import { NewWebhookDialog } from './new-webhook-dialog.js';
import { eventsInWords, WebhookBadge } from './webhook-badge.js';
import { useWebhooks, type Webhook } from './webhook-queries.js';

const texts = words.webhooks;

/** Where the tenant's events are told. */
export default function WebhooksPage() {
  const { rights } = useSession();
  const [isAdding, setIsAdding] = useState(false);
  const query = useWebhooks();
  const add = rights.includes('webhooks:write') && (
    <Button leftSection={<PlusIcon />} onClick={() => setIsAdding(true)}>
      {texts.add}
    </Button>
  );
  return (
    <Page title={texts.title} actions={add}>
      <Text c="dimmed" maw={720}>
        {texts.lead}
      </Text>
      <Answer query={query}>
        {({ items }) => (items.length === 0 ? <None /> : <WebhookCards webhooks={items} />)}
      </Answer>
      {isAdding && <NewWebhookDialog onClose={() => setIsAdding(false)} />}
    </Page>
  );
}

function None() {
  return (
    <Card withBorder padding="xl">
      <Text fw={600}>{texts.none}</Text>
      <Text size="sm" c="dimmed">
        {texts.noneHint}
      </Text>
    </Card>
  );
}

function WebhookCards({ webhooks }: { webhooks: Webhook[] }) {
  return (
    <Stack component="ul" className="plain-list" gap="sm">
      {webhooks.map((webhook) => (
        <Card key={webhook.id} component="li" withBorder padding="md">
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <Anchor component={Link} href={`/webhooks/${webhook.id}`} fw={600}>
              {webhook.url}
            </Anchor>
            <WebhookBadge webhook={webhook} />
          </Group>
          <Text size="sm">{eventsInWords(webhook)}</Text>
          <Text size="sm" c="dimmed">
            {troubleOf(webhook) ?? `${texts.created} ${instant(webhook.createdAt)}`}
          </Text>
        </Card>
      ))}
    </Stack>
  );
}

function troubleOf({ enabled, disabledReason, failingSince }: Webhook): string | null {
  if (!enabled) return disabledReason === 'gone' ? texts.offGone : null;
  return failingSince === null ? null : texts.failingSince(instant(failingSince));
}
