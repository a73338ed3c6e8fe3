import { Button, Checkbox, Group, NativeSelect, Paper, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { fieldError, isAtField } from '../../api/field-error.js';
import { answered, api, type Schemas } from '../../api/client.js';
import type { ApiRight } from '../../api/presence.js';
import { useSession } from '../../api/session.js';
import { ErrorNote } from '../../shell/error-note.js';
import { words } from '../../words.js';
import { keysOf } from './keys-of.js';

const { keys: said } = words;
const secondsPerDay = 86_400;

/** What the request says of when a key ends. */
const endings = {
  default: {},
  days30: { expiresInSeconds: 30 * secondsPerDay },
  days90: { expiresInSeconds: 90 * secondsPerDay },
  days365: { expiresInSeconds: 365 * secondsPerDay },
  never: { expiresAt: null },
} as const satisfies Record<keyof typeof said.endings, object>;

type Ending = keyof typeof endings;

interface NewKeyFormProps {
  onMade: (key: Schemas['CreatedApiKey']) => void;
  onCancel: () => void;
}

/** A new key; no one hands out a right that they have not. */
export function NewKeyForm({ onMade, onCancel }: NewKeyFormProps) {
  const { tenantId, rights: own } = useSession();
  const [name, setName] = useState('');
  const [rights, setRights] = useState<ApiRight[]>(() =>
    own.filter((right) => right === 'instances:read' || right === 'instances:write'),
  );
  const [ending, setEnding] = useState<Ending>('default');
  const queryClient = useQueryClient();
  const make = useMutation({
    mutationFn: () =>
      answered(
        api.POST('/api/tenants/{id}/api-keys', {
          params: { path: { id: tenantId } },
          body: { name: name.trim(), rights, ...endings[ending] },
        }),
      ),
    onSuccess: (key) => {
      void queryClient.invalidateQueries({ queryKey: keysOf(tenantId) });
      onMade(key);
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (rights.length > 0) make.mutate();
  };
  return (
    <Paper withBorder p="md">
      <form onSubmit={submit} aria-label={said.create}>
        <Stack>
          <TextInput
            label={said.name}
            description={said.nameHint}
            required
            maxLength={200}
            autoFocus
            value={name}
            error={fieldError(make.error, 'name')}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Checkbox.Group
            label={said.rights}
            value={rights}
            error={rights.length === 0 ? said.noRight : fieldError(make.error, 'rights')}
            onChange={(chosen) => setRights(own.filter((right) => chosen.includes(right)))}
          >
            <Stack gap="xs" my="xs">
              {own.map((right) => (
                <Checkbox
                  key={right}
                  value={right}
                  label={said.right[right]?.[0] ?? right}
                  description={said.right[right]?.[1]}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <NativeSelect
            label={said.ends}
            value={ending}
            data={Object.entries(said.endings).map(([value, label]) => ({ value, label }))}
            onChange={({ currentTarget: { value } }) => setEnding(value as Ending)}
          />
          {make.error && !isAtField(make.error, ['name', 'rights']) && <ErrorNote error={make.error} />}
          <Group>
            <Button type="submit" loading={make.isPending} disabled={rights.length === 0}>
              {said.submit}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {words.texts.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
