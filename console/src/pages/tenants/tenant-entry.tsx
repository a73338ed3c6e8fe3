import { Badge, Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api, done, type Schemas } from '../../api/client.js';
import { useSession } from '../../api/session.js';
import { ConfirmedButton } from '../../shell/confirmed-button.js';
import { ErrorNote } from '../../shell/error-note.js';
import rows from '../../shell/rows.module.css';
import { ShownText } from '../../text/shown-text.js';
import { When } from '../../text/when.js';
import { words } from '../../words.js';

const { tenants: said } = words;

type Tenant = Schemas['Tenant'];

/** A tenant, with what the operator may do to it; not to the one that the console works in. */
export function TenantEntry({ tenant }: { tenant: Tenant }) {
  const { id, name, suspended, createdAt } = tenant;
  const isCurrent = useSession().tenantId === id;
  return (
    <div className={rows.row}>
      <Group justify="space-between">
        <strong>
          <ShownText text={name} />
        </strong>
        <Badge variant="light" tt="none" color={suspended ? 'orange' : 'teal'}>
          {suspended ? said.suspended : said.active}
        </Badge>
      </Group>
      <span className={rows.second}>
        {said.created} <When at={createdAt} />
      </span>
      {isCurrent ? (
        <Text size="sm">{said.current}</Text>
      ) : (
        <Group align="flex-start">
          <Suspension tenant={tenant} />
          <Deletion tenant={tenant} />
        </Group>
      )}
    </div>
  );
}

function Suspension({ tenant: { id, name, suspended } }: { tenant: Tenant }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: () =>
      answered(api.PATCH('/api/tenants/{id}', { params: { path: { id } }, body: { suspended: !suspended } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['tenants'] }),
  });
  if (suspended)
    return (
      <div>
        <Button
          size="xs"
          variant="default"
          aria-label={said.resumeOf(name)}
          loading={change.isPending}
          onClick={() => change.mutate()}
        >
          {said.resume}
        </Button>
        {change.error && <ErrorNote error={change.error} />}
      </div>
    );
  return (
    <ConfirmedButton
      label={said.suspend}
      ariaLabel={said.suspendOf(name)}
      size="xs"
      question={said.suspendQuestion(name)}
      confirmLabel={said.suspendSurely}
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
    />
  );
}

function Deletion({ tenant: { id, name } }: { tenant: Tenant }) {
  const [typed, setTyped] = useState('');
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => done(api.DELETE('/api/tenants/{id}', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['tenants'] }),
  });
  return (
    <ConfirmedButton
      label={said.delete}
      ariaLabel={said.deleteOf(name)}
      size="xs"
      question={said.deleteQuestion(name)}
      confirmLabel={said.deleteSurely}
      isPending={remove.isPending}
      error={remove.error}
      mayConfirm={typed === name}
      onConfirm={() => remove.mutate()}
    >
      <TextInput
        label={said.typeName(name)}
        value={typed}
        autoComplete="off"
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </ConfirmedButton>
  );
}
