import { Button, Stack, Text } from '@mantine/core';
import { PlusIcon } from '@primer/octicons-react';
import { useState } from 'react';
import { answered, api, type Schemas } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import { useSession } from '../../api/session.js';
import { PagedList } from '../../shell/paged-list.js';
import { Page } from '../../shell/page.js';
import rows from '../../shell/rows.module.css';
import { SecretOnce } from '../../shell/secret-once.js';
import { words } from '../../words.js';
import { keysOf } from './keys-of.js';
import { KeyEntry } from './key-entry.js';
import { NewKeyForm } from './new-key-form.js';

const { keys: said } = words;

/** The API keys of the tenant that the operator works in. */
export default function KeysPage() {
  const { tenantId, tenantName } = useSession();
  const [isMaking, setIsMaking] = useState(false);
  const [made, setMade] = useState<Schemas['CreatedApiKey'] | null>(null);
  const keys = usePages({
    queryKey: keysOf(tenantId),
    ask: (page, signal) =>
      answered(
        api.GET('/api/tenants/{id}/api-keys', { params: { path: { id: tenantId }, query: page }, signal }),
      ),
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
      <Text c="dimmed">{said.lead(tenantName)}</Text>
      {made && (
        <SecretOnce title={said.theKey(made.name)} secret={made.apiKey} onStored={() => setMade(null)} />
      )}
      {isMaking && (
        <NewKeyForm
          onMade={(key) => {
            setMade(key);
            setIsMaking(false);
          }}
          onCancel={() => setIsMaking(false)}
        />
      )}
      <PagedList pages={keys} empty={said.empty}>
        {(items) => (
          <Stack component="ul" gap={0} className={rows.list} aria-label={said.title}>
            {items.map((key) => (
              <li key={key.id}>
                <KeyEntry apiKey={key} />
              </li>
            ))}
          </Stack>
        )}
      </PagedList>
    </Page>
  );
}
