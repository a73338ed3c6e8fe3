import { Button, Group, Text } from '@mantine/core';
import { SyncIcon } from '@primer/octicons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { answered, api } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import { Waiting } from '../../shell/answer.js';
import { ErrorNote } from '../../shell/error-note.js';
import { Page } from '../../shell/page.js';
import { words } from '../../words.js';
import { AuditFilters } from './audit-filters.js';
import { AuditRows } from './audit-rows.js';
import { isInstanceId, queryOf, type Filters } from './audit-query.js';
import { ExportLink } from './export-link.js';

const { audit: said } = words;

const pageSize = 200;
/** So long after the last key stroke the list follows the filters. */
const typingPauseMs = 300;

/** What was done in the tenant, and by whom. */
export default function AuditPage() {
  const [filters, setFilters] = useState<Filters>({});
  const [settled] = useDebouncedValue(filters, typingPauseMs);
  const query = queryOf(settled);
  const events = usePages({
    queryKey: ['audit', query],
    enabled: isInstanceId(settled.instanceId),
    ask: (page, signal) =>
      answered(api.GET('/api/audit', { params: { query: { ...query, ...page, limit: pageSize } }, signal })),
  });
  const { items, error, refetch, isFetching } = events;
  return (
    <Page
      title={said.title}
      actions={
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<SyncIcon />}
            loading={isFetching}
            onClick={() => void refetch()}
          >
            {said.newer}
          </Button>
          <ExportLink />
        </Group>
      }
    >
      <Text c="dimmed">{said.lead}</Text>
      <AuditFilters filters={filters} onChange={setFilters} />
      {error && <ErrorNote error={error} again={() => void refetch()} />}
      {items === undefined && !error && <Waiting lines={8} />}
      {items !== undefined &&
        (items.length === 0 ? (
          <Text c="dimmed" role="status">
            {said.empty}
          </Text>
        ) : (
          <AuditRows events={items} pages={events} />
        ))}
    </Page>
  );
}
