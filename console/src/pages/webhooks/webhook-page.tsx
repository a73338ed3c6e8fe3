import { Alert, Anchor, Card, Code, Group, Stack, Switch, Text } from '@mantine/core';
import { Link, useParams } from 'wouter';
import { ApiError } from '../../api/api-error.js';
import { useSession } from '../../api/session.js';
import { instant } from '../../format.js';
import { Answer } from '../../shell/answer.js';
import { ErrorNote } from '../../shell/error-note.js';
import { Page } from '../../shell/page.js';
import { words } from '../../words.js';
import { DeliveryLog } from './delivery-log.js';
import { WebhookActions } from './webhook-actions.js';
import { eventsInWords, WebhookBadge } from './webhook-badge.js';
import { useWebhook, useWebhookUpdate, type Webhook } from './webhook-queries.js';

const texts = words.webhooks;

/** One webhook: how it is, what can be done with it, and what it was told. */
export default function WebhookPage() {
  const { id } = useParams<{ id: string }>();
  const { rights } = useSession();
  const query = useWebhook(id);
  const mayWrite = rights.includes('webhooks:write');
  const isGone = query.error instanceof ApiError && query.error.code === 'NOT_FOUND';
  return (
    <Page
      title={query.data ? hostOf(query.data) : texts.title}
      back={
        <Anchor component={Link} href="/webhooks" size="sm">
          ← {texts.toList}
        </Anchor>
      }
    >
      {isGone ? (
        <Alert color="yellow">{texts.gone}</Alert>
      ) : (
        <Answer query={query}>
          {(webhook) => (
            <Stack gap="xl">
              <Card withBorder padding="lg">
                <Facts webhook={webhook} mayWrite={mayWrite} />
                {mayWrite && <WebhookActions webhook={webhook} />}
              </Card>
              <DeliveryLog webhookId={webhook.id} mayReplay={mayWrite} />
            </Stack>
          )}
        </Answer>
      )}
    </Page>
  );
}

function Facts({ webhook, mayWrite }: { webhook: Webhook; mayWrite: boolean }) {
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Code>{webhook.url}</Code>
        <WebhookBadge webhook={webhook} />
      </Group>
      <Text size="sm">{eventsInWords(webhook)}</Text>
      {sentencesOf(webhook).map((sentence) => (
        <Text key={sentence} size="sm" c="dimmed">
          {sentence}
        </Text>
      ))}
      {mayWrite && <OnOff webhook={webhook} />}
    </Stack>
  );
}

function OnOff({ webhook: { id, enabled } }: { webhook: Webhook }) {
  const update = useWebhookUpdate(id);
  return (
    <>
      <Switch
        label={texts.switch}
        withThumbIndicator={false}
        disabled={update.isPending}
        checked={update.isPending ? !enabled : enabled}
        onChange={() => update.mutate({ enabled: !enabled })}
      />
      {update.error && <ErrorNote error={update.error} />}
    </>
  );
}

function sentencesOf(webhook: Webhook): string[] {
  const { enabled, disabledReason, failingSince, formerSecretUntil, createdAt } = webhook;
  return [
    `${texts.created} ${instant(createdAt)}`,
    enabled ? null : disabledReason === 'gone' ? texts.goneText : texts.offText,
    failingSince === null ? null : texts.failingSince(instant(failingSince)),
    formerSecretUntil === null ? null : texts.formerUntil(instant(formerSecretUntil)),
  ].filter((sentence) => sentence !== null);
}

function hostOf({ url }: Webhook): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
