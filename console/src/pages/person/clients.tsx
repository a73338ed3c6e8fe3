import { Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Fragment } from 'react';
import { api, done, type Schemas } from '../../api/client.js';
import { InstanceName } from '../../instances/instance-name.js';
import { personKeys } from '../../people/person-keys.js';
import { ConfirmedButton } from '../../shell/confirmed-button.js';
import { FactList } from '../../shell/fact-list.js';
import rows from '../../shell/rows.module.css';
import { ShownText } from '../../text/shown-text.js';
import { When } from '../../text/when.js';
import { words } from '../../words.js';

const { people: said } = words;

/** The clients that may act for a person, each with a way to end that. */
export function Clients({ person, mayWrite }: { person: Schemas['Person']; mayWrite: boolean }) {
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {said.clients}
      </Title>
      {person.clients.length === 0 ? (
        <Text c="dimmed">{said.noClients}</Text>
      ) : (
        <ul className={rows.list}>
          {person.clients.map((client) => (
            <li key={client.id}>
              <Client personId={person.id} client={client} mayWrite={mayWrite} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface ClientProps {
  personId: string;
  client: Schemas['Authorization'];
  mayWrite: boolean;
}

function Client({ personId, client, mayWrite }: ClientProps) {
  const { id, clientId, clientName, scopes, instanceIds, createdAt } = client;
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () =>
      done(
        api.DELETE('/api/people/{id}/authorizations/{authorizationId}', {
          params: { path: { id: personId, authorizationId: id } },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: personKeys.all }),
  });
  const name = clientName ?? said.unnamedClient;
  return (
    <Stack gap="xs" py="sm">
      <Title order={3} size="h5">
        <ShownText text={name} />
      </Title>
      <FactList
        facts={[
          [said.clientId, <ShownText key="client" text={clientId} />],
          [said.mayDo, scopes.join(', ')],
          [said.opens, instanceIds === null ? said.allMailboxes : <Opened key="opened" ids={instanceIds} />],
          [said.since, <When key="since" at={createdAt} />],
        ]}
      />
      {mayWrite && (
        <div>
          <ConfirmedButton
            label={said.endClient}
            ariaLabel={said.endClientOf(name)}
            size="xs"
            question={said.endQuestion(name)}
            confirmLabel={said.endSurely}
            isPending={end.isPending}
            error={end.error}
            onConfirm={() => end.mutate()}
          />
        </div>
      )}
    </Stack>
  );
}

function Opened({ ids }: { ids: readonly string[] }) {
  return ids.map((id, index) => (
    <Fragment key={id}>
      {index > 0 && ', '}
      <InstanceName id={id} isLink />
    </Fragment>
  ));
}
