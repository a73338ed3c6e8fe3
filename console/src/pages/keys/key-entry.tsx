import { Badge, Code, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, done, type Schemas } from '../../api/client.js';
import { useSession } from '../../api/session.js';
import { ConfirmedButton } from '../../shell/confirmed-button.js';
import { FactList } from '../../shell/fact-list.js';
import rows from '../../shell/rows.module.css';
import { ShownText } from '../../text/shown-text.js';
import { When } from '../../text/when.js';
import { words } from '../../words.js';
import { keysOf } from './keys-of.js';

const { keys: said } = words;

/** A key, what it may do, and a way to revoke it. */
export function KeyEntry({ apiKey }: { apiKey: Schemas['ApiKey'] }) {
  const { id, name, prefix, rights, createdAt, lastUsedAt, expiresAt } = apiKey;
  const { tenantId } = useSession();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () =>
      done(
        api.DELETE('/api/tenants/{id}/api-keys/{keyId}', { params: { path: { id: tenantId, keyId: id } } }),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keysOf(tenantId) }),
  });
  return (
    <div className={rows.row}>
      <strong>
        <ShownText text={name} />
      </strong>
      <Group gap={6}>
        {rights.map((right) => (
          <Badge key={right} variant="light" color="gray" tt="none" title={said.right[right]?.[0]}>
            {right}
          </Badge>
        ))}
      </Group>
      <FactList
        facts={[
          [said.beginsWith, <Code key="prefix">{prefix}…</Code>],
          [said.created, <When key="created" at={createdAt} />],
          [said.lastUsed, lastUsedAt === null ? words.texts.never : <When key="used" at={lastUsedAt} />],
          [said.expires, expiresAt === null ? words.texts.never : <When key="ends" at={expiresAt} />],
        ]}
      />
      <div>
        <ConfirmedButton
          label={said.revoke}
          ariaLabel={said.revokeOf(name)}
          size="xs"
          question={said.revokeQuestion(name)}
          confirmLabel={said.revokeSurely}
          isPending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate()}
        />
      </div>
    </div>
  );
}
