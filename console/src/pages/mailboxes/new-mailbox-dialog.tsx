import { Button, Checkbox, MultiSelect, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiError } from '../../api/api-error.js';
import { toolsetChoices } from '../../mailboxes/toolsets.js';
import type { Mailbox } from '../../mailboxes/state-badge.js';
import { ErrorNote } from '../../shell/error-note.js';
import { words } from '../../words.js';
import { plainMailbox, type MailboxCreation, type NewMailbox } from './use-new-mailbox.js';
import { Dialog } from '../../shell/dialog.js';

const texts = words.newMailbox;

/** A new mailbox, as one wants it. */
export default function NewMailboxDialog({
  creation,
  onClose,
}: {
  creation: MailboxCreation;
  onClose: () => void;
}) {
  const [name, setName] = useState('');
  const [loginHint, setLoginHint] = useState('');
  const [externalId, setExternalId] = useState('');
  const [toolsets, setToolsets] = useState<Mailbox['toolsets']>(['core']);
  const [writes, setWrites] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const input: NewMailbox = { ...plainMailbox, toolsets };
    if (name.trim() !== '') input.name = name.trim();
    if (loginHint.trim() !== '') input.loginHint = loginHint.trim();
    if (externalId.trim() !== '') input.externalId = externalId.trim();
    if (writes) input.scopes = ['gmail.modify', 'gmail.settings.basic'];
    creation.create(input);
  };
  const { error } = creation;
  const field = error instanceof ApiError ? error.facts.field : null;
  const problemOf = (input: string) => (field === input && error !== null ? error.message : null);
  return (
    <Dialog title={texts.title} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          {error && field === null && <ErrorNote error={error} />}
          <TextInput
            data-autofocus
            label={texts.name}
            placeholder={words.mailboxes.unnamed}
            value={name}
            error={problemOf('name')}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <TextInput
            label={texts.hint}
            description={texts.hintText}
            inputMode="email"
            value={loginHint}
            error={problemOf('loginHint')}
            onChange={({ currentTarget }) => setLoginHint(currentTarget.value)}
          />
          <TextInput
            label={texts.externalId}
            value={externalId}
            error={problemOf('externalId')}
            onChange={({ currentTarget }) => setExternalId(currentTarget.value)}
          />
          <MultiSelect
            label={texts.toolset}
            data={toolsetChoices}
            value={toolsets}
            error={problemOf('toolsets')}
            onChange={(chosen) => setToolsets(chosen)}
          />
          <Checkbox
            label={texts.write}
            description={texts.writeText}
            checked={writes}
            onChange={({ currentTarget }) => setWrites(currentTarget.checked)}
          />
          <Button type="submit" loading={creation.isPending}>
            {texts.create}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
