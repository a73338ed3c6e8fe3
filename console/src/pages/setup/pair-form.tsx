import { Button, PasswordInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ErrorNote } from '../../shell/error-note.js';
import { words } from '../../words.js';
import type { ClientPair } from './setup-queries.js';

const texts = words.setup;

interface PairFormProps {
  isPending: boolean;
  error: Error | null;
  onSubmit: (pair: ClientPair) => void;
}

/** Tries a client before it is configured. */
export function PairForm({ isPending, error, onSubmit }: PairFormProps) {
  const [clientId, setClientId] = useState('');
  const [clientSecret, setClientSecret] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit({ clientId: clientId.trim(), clientSecret: clientSecret.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput
            label={texts.clientId}
            autoComplete="off"
            spellCheck={false}
            required
            withAsterisk={false}
            maxLength={256}
            value={clientId}
            onChange={({ currentTarget }) => setClientId(currentTarget.value)}
          />
          <PasswordInput
            label={texts.clientSecret}
            autoComplete="off"
            required
            withAsterisk={false}
            maxLength={512}
            value={clientSecret}
            onChange={({ currentTarget }) => setClientSecret(currentTarget.value)}
          />
        </SimpleGrid>
        {error && <ErrorNote error={error} />}
        <Button type="submit" variant="default" w="fit-content" loading={isPending}>
          {texts.tryPair}
        </Button>
      </Stack>
    </form>
  );
}
