import { Alert, Button, Checkbox, Group, MultiSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useLocation } from 'wouter';
import type { Schemas } from '../../api/client.js';
import { instant } from '../../format.js';
import { useDisconnection, useMailboxUpdate, useTestCall } from '../../mailboxes/mailbox-queries.js';
import { nameOf, type Mailbox } from '../../mailboxes/state-badge.js';
import { toolsetChoices } from '../../mailboxes/toolsets.js';
import { ErrorNote } from '../../shell/error-note.js';
import { words } from '../../words.js';
import { Dialog } from '../../shell/dialog.js';

const texts = words.mailbox;

/** What one can do with a mailbox. */
export function Actions({ mailbox }: { mailbox: Mailbox }) {
  const [dialog, setDialog] = useState<'settings' | 'disconnect' | null>(null);
  const test = useTestCall(mailbox.id);
  const close = () => setDialog(null);
  return (
    <>
      <div role="status">
        {test.isPending && <Text size="sm">{texts.testing}</Text>}
        {test.data && <TestResult result={test.data} />}
      </div>
      {test.error && <ErrorNote error={test.error} />}
      <Group>
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          {texts.testCall}
        </Button>
        <Button variant="default" onClick={() => setDialog('settings')}>
          {texts.settings}
        </Button>
        <Button variant="outline" color="red" onClick={() => setDialog('disconnect')}>
          {texts.disconnect}
        </Button>
      </Group>
      {dialog === 'settings' && <SettingsDialog mailbox={mailbox} onClose={close} />}
      {dialog === 'disconnect' && <DisconnectDialog mailbox={mailbox} onClose={close} />}
    </>
  );
}

function TestResult({ result: { source, expiresAt, stale } }: { result: Schemas['Refresh'] }) {
  return (
    <Alert color={stale ? 'yellow' : 'teal'}>
      {stale ? texts.testedStale : texts.tested(texts.sources[source], instant(expiresAt))}
    </Alert>
  );
}

interface DialogProps {
  mailbox: Mailbox;
  onClose: () => void;
}

function SettingsDialog({ mailbox, onClose }: DialogProps) {
  const [name, setName] = useState(mailbox.name);
  const [toolsets, setToolsets] = useState(mailbox.toolsets);
  const [readOnly, setReadOnly] = useState(mailbox.readOnly);
  const update = useMailboxUpdate(mailbox.id);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    update.mutate({ name: name.trim(), toolsets, readOnly }, { onSuccess: onClose });
  };
  return (
    <Dialog title={texts.settings} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          {update.error && <ErrorNote error={update.error} />}
          <TextInput
            data-autofocus
            label={texts.name}
            required
            withAsterisk={false}
            maxLength={200}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <MultiSelect
            label={texts.toolsets}
            data={toolsetChoices}
            value={toolsets}
            onChange={(chosen) => setToolsets(chosen)}
          />
          <Checkbox
            label={words.newMailbox.readOnly}
            description={words.newMailbox.readOnlyText}
            checked={readOnly}
            onChange={({ currentTarget }) => setReadOnly(currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={update.isPending}>
              {texts.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function DisconnectDialog({ mailbox, onClose }: DialogProps) {
  const [, navigate] = useLocation();
  const [choice, setChoice] = useState('revoke');
  const disconnection = useDisconnection(mailbox.id);
  const others = mailbox.sharedBy - 1;
  return (
    <Dialog title={texts.disconnectTitle(nameOf(mailbox))} onClose={onClose}>
      <Stack>
        {disconnection.error && <ErrorNote error={disconnection.error} />}
        <Text size="sm">{texts.disconnectText}</Text>
        {others > 0 && <Text size="sm">{texts.disconnectShared(others)}</Text>}
        {others === 0 && (
          <Radio.Group label={texts.revokeLabel} value={choice} onChange={setChoice}>
            <Stack gap="xs" mt="xs">
              <Radio value="revoke" label={texts.revoke} />
              <Radio value="keep" label={texts.keep} />
            </Stack>
          </Radio.Group>
        )}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button
            color="red"
            loading={disconnection.isPending}
            onClick={() =>
              disconnection.mutate(choice === 'revoke', { onSuccess: () => navigate('/mailboxes') })
            }
          >
            {texts.disconnect}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
