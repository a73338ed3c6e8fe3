import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { PlusIcon } from '@primer/octicons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { fieldError, isAtField } from '../../api/field-error.js';
import { answered, api, type Schemas } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import { ErrorNote } from '../../shell/error-note.js';
import { PagedList } from '../../shell/paged-list.js';
import { Page } from '../../shell/page.js';
import rows from '../../shell/rows.module.css';
import { SecretOnce } from '../../shell/secret-once.js';
import { words } from '../../words.js';
import { TenantEntry } from './tenant-entry.js';

const { tenants: said } = words;

/** Of the switch between tenants, too, which reads larger pages. */
const tenantsKey = ['tenants'] as const;

/** The tenants of the deployment, for its operator. */
export default function TenantsPage() {
  const [isMaking, setIsMaking] = useState(false);
  const [made, setMade] = useState<Schemas['CreatedTenant'] | null>(null);
  const tenants = usePages({
    queryKey: [...tenantsKey, 'page'],
    ask: (page, signal) => answered(api.GET('/api/tenants', { params: { query: page }, signal })),
  });
  return (
    <Page
      title={said.title}
      actions={
        !isMaking && (
          <Button leftSection={<PlusIcon />} onClick={() => setIsMaking(true)}>
            {said.create}
          </Button>
        )
      }
    >
      <Text c="dimmed">{said.lead}</Text>
      {made && (
        <SecretOnce title={said.firstKey(made.name)} secret={made.apiKey} onStored={() => setMade(null)} />
      )}
      {isMaking && (
        <NewTenantForm
          onMade={(tenant) => {
            setMade(tenant);
            setIsMaking(false);
          }}
          onCancel={() => setIsMaking(false)}
        />
      )}
      <PagedList pages={tenants} empty={said.empty}>
        {(items) => (
          <ul className={rows.list} aria-label={said.title}>
            {items.map((tenant) => (
              <li key={tenant.id}>
                <TenantEntry tenant={tenant} />
              </li>
            ))}
          </ul>
        )}
      </PagedList>
    </Page>
  );
}

interface NewTenantFormProps {
  onMade: (tenant: Schemas['CreatedTenant']) => void;
  onCancel: () => void;
}

function NewTenantForm({ onMade, onCancel }: NewTenantFormProps) {
  const [name, setName] = useState('');
  const queryClient = useQueryClient();
  const make = useMutation({
    mutationFn: () => answered(api.POST('/api/tenants', { body: { name: name.trim() } })),
    onSuccess: (tenant) => {
      void queryClient.invalidateQueries({ queryKey: tenantsKey });
      onMade(tenant);
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Paper withBorder p="md">
      <form onSubmit={submit} aria-label={said.create}>
        <Stack>
          <TextInput
            label={said.name}
            required
            maxLength={200}
            autoFocus
            value={name}
            error={fieldError(make.error, 'name')}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          {make.error && !isAtField(make.error, ['name']) && <ErrorNote error={make.error} />}
          <Group>
            <Button type="submit" loading={make.isPending}>
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
