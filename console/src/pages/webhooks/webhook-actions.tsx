import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { KeyIcon, PaperAirplaneIcon, PencilIcon, TrashIcon } from '@primer/octicons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ErrorNote } from '../../shell/error-note.js';
import { Dialog } from '../../shell/dialog.js';
import { words } from '../../words.js';
import { outcomeInWords } from './outcome.js';
import { RotationDialog } from './rotation-dialog.js';
import { WebhookForm } from './webhook-form.js';
import {
  useWebhookDeletion,
  useWebhookTest,
  useWebhookUpdate,
  type Delivery,
  type Webhook,
} from './webhook-queries.js';

const texts = words.webhooks;

/** What one can do with a webhook. */
export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const [dialog, setDialog] = useState<'edit' | 'rotate' | 'delete' | null>(null);
  const test = useWebhookTest(webhook.id);
  const close = () => setDialog(null);
  return (
    <Stack mt="lg" gap="sm">
      <Group gap="sm">
        <Button leftSection={<PaperAirplaneIcon />} loading={test.isPending} onClick={() => test.mutate()}>
          {texts.test}
        </Button>
        <Button variant="default" leftSection={<PencilIcon />} onClick={() => setDialog('edit')}>
          {texts.edit}
        </Button>
        <Button variant="default" leftSection={<KeyIcon />} onClick={() => setDialog('rotate')}>
          {texts.rotate}
        </Button>
        <Button
          variant="default"
          c="var(--mantine-color-error)"
          leftSection={<TrashIcon />}
          onClick={() => setDialog('delete')}
        >
          {texts.remove}
        </Button>
      </Group>
      <div role="status">
        {test.isPending ? (
          <Text size="sm">{texts.testing}</Text>
        ) : test.data ? (
          <TestResult delivery={test.data} />
        ) : (
          <Text size="sm" c="dimmed">
            {texts.testHint}
          </Text>
        )}
      </div>
      {test.error && <ErrorNote error={test.error} />}
      {dialog === 'edit' && <EditDialog webhook={webhook} onClose={close} />}
      {dialog === 'rotate' && <RotationDialog webhookId={webhook.id} onClose={close} />}
      {dialog === 'delete' && <DeletionDialog webhook={webhook} onClose={close} />}
    </Stack>
  );
}

function TestResult({ delivery }: { delivery: Delivery }) {
  const isDelivered = delivery.status === 'delivered';
  return (
    <Alert color={isDelivered ? 'teal' : 'red'} title={isDelivered ? texts.testDelivered : texts.testFailed}>
      {outcomeInWords(delivery)}
    </Alert>
  );
}

interface DialogProps {
  webhook: Webhook;
  onClose: () => void;
}

function EditDialog({ webhook: { id, url, events }, onClose }: DialogProps) {
  const update = useWebhookUpdate(id);
  return (
    <Dialog title={texts.edit} onClose={onClose}>
      <WebhookForm
        initial={{ url, events }}
        button={texts.save}
        isPending={update.isPending}
        error={update.error}
        onSubmit={(input) => update.mutate(input, { onSuccess: onClose })}
        onCancel={onClose}
      />
    </Dialog>
  );
}

function DeletionDialog({ webhook: { id, url }, onClose }: DialogProps) {
  const [, navigate] = useLocation();
  const deletion = useWebhookDeletion(id);
  return (
    <Dialog title={texts.removeTitle} onClose={onClose}>
      <Stack>
        {deletion.error && <ErrorNote error={deletion.error} />}
        <Text fw={600}>{url}</Text>
        <Text size="sm">{texts.removeText}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button
            color="red"
            loading={deletion.isPending}
            onClick={() => deletion.mutate(undefined, { onSuccess: () => navigate('/webhooks') })}
          >
            {texts.remove}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
