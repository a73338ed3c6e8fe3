import { Radio, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api, done, type Schemas } from '../../api/client.js';
import { forgetInstances } from '../../api/instance-cache.js';
import { personKeys } from '../../people/person-keys.js';
import { ConfirmedButton } from '../../shell/confirmed-button.js';
import { words } from '../../words.js';

const { people: said } = words;

/** Ends all that a person has here, with a choice about the mailboxes. */
export function RemovePerson({ person: { id, email } }: { person: Schemas['Person'] }) {
  const [mailboxes, setMailboxes] = useState<'keep' | 'disconnect'>('keep');
  const [, go] = useLocation();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      done(api.DELETE('/api/people/{id}', { params: { path: { id }, query: { mailboxes } } })),
    onSuccess: () => {
      go('/people', { replace: true });
      queryClient.removeQueries({ queryKey: personKeys.one(id) });
      void queryClient.invalidateQueries({ queryKey: personKeys.list });
      forgetInstances(queryClient);
    },
  });
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {said.remove}
      </Title>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{said.removeLead}</Text>
        <ConfirmedButton
          label={said.remove}
          question={said.removeQuestion(email)}
          confirmLabel={said.removeSurely}
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
        >
          <Radio.Group
            label={said.mailboxesThen}
            value={mailboxes}
            onChange={(value) => setMailboxes(value === 'disconnect' ? 'disconnect' : 'keep')}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="keep" label={said.keepMailboxes} />
              <Radio value="disconnect" label={said.disconnectMailboxes} />
            </Stack>
          </Radio.Group>
        </ConfirmedButton>
      </Stack>
    </section>
  );
}
