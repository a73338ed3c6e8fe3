import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { PlusIcon, SearchIcon } from '@primer/octicons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useSession } from '../../api/session.js';
import type { MailboxState } from '../../mailboxes/state-badge.js';
import { Waiting } from '../../shell/answer.js';
import { ErrorNote } from '../../shell/error-note.js';
import { Page } from '../../shell/page.js';
import { words } from '../../words.js';
import { MailboxRows } from './mailbox-rows.js';
import { useMailboxList, type MailboxFilters } from './use-mailbox-list.js';
import { plainMailbox, useNewMailbox } from './use-new-mailbox.js';

const stateChoices = Object.entries(words.states).map(([value, label]) => ({ value, label }));
const debounceMs = 250;

/** It brings lists to choose from, which the page itself does without. */
const NewMailboxDialog = lazy(() => import('./new-mailbox-dialog.js'));

/** Mailboxes, and how they are. */
export default function MailboxesPage() {
  const { rights } = useSession();
  const mayWrite = rights.includes('instances:write');
  const [search, setSearch] = useState('');
  const [state, setState] = useState<MailboxState | null>(null);
  const [q] = useDebouncedValue(search.trim(), debounceMs);
  const filters = useMemo<MailboxFilters>(
    () => ({ ...(q !== '' && { q }), ...(state !== null && { state }) }),
    [q, state],
  );
  const list = useMailboxList(filters);
  const { mailboxes, error } = list;
  return (
    <Page title={words.mailboxes.title} actions={mayWrite && <Connecting />}>
      <Group align="end">
        <TextInput
          label={words.mailboxes.search}
          placeholder={words.mailboxes.searchHint}
          leftSection={<SearchIcon />}
          type="search"
          maxLength={200}
          flex="1 1 14rem"
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <NativeSelect
          label={words.mailboxes.state}
          data={[{ value: '', label: words.mailboxes.anyState }, ...stateChoices]}
          value={state ?? ''}
          onChange={({ currentTarget: { value } }) => setState(value === '' ? null : (value as MailboxState))}
        />
      </Group>
      {error && <ErrorNote error={error} again={() => void list.refetch()} />}
      {mailboxes === undefined && !error && <Waiting lines={6} />}
      {mailboxes?.length === 0 && <Nothing isFiltered={Object.keys(filters).length > 0} />}
      {mailboxes !== undefined && mailboxes.length > 0 && <MailboxRows list={{ ...list, mailboxes }} />}
    </Page>
  );
}

/** One click connects a mailbox as most want it. */
function Connecting() {
  const creation = useNewMailbox();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button
          leftSection={<PlusIcon />}
          loading={creation.isPending}
          onClick={() => creation.create(plainMailbox)}
        >
          {words.mailboxes.connect}
        </Button>
        <Button variant="default" onClick={() => setIsOpen(true)}>
          {words.mailboxes.withOptions}
        </Button>
      </Group>
      {creation.error && !isOpen && <ErrorNote error={creation.error} />}
      {isOpen && (
        <Suspense>
          <NewMailboxDialog creation={creation} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </Stack>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <Text role="status">{words.mailboxes.noneFound}</Text>;
  return (
    <div>
      <Text fw={600}>{words.mailboxes.none}</Text>
      <Text c="dimmed">{words.mailboxes.noneHint}</Text>
    </div>
  );
}
