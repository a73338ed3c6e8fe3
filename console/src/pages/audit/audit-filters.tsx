import { Autocomplete, Button, Group, SimpleGrid, TextInput } from '@mantine/core';
import { words } from '../../words.js';
import classes from './audit-filters.module.css';
import { isInstanceId, type Filters } from './audit-query.js';

const { audit: said } = words;
const eventNames = Object.keys(said.events);
const actorKinds = Object.keys(said.actors);

interface AuditFiltersProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** What narrows the list, all of it together. */
export function AuditFilters({ filters, onChange }: AuditFiltersProps) {
  const { event = '', actor = '', instanceId = '', from = '', to = '' } = filters;
  const set = (name: keyof Filters) => (value: string) => onChange({ ...filters, [name]: value });
  const isNarrowed = Object.values(filters).some((value) => value !== '');
  return (
    <search aria-label={said.filters}>
      <SimpleGrid cols={{ base: 2, md: 3, lg: 5 }} spacing="sm">
        <Autocomplete
          label={said.event}
          placeholder={said.eventHint}
          data={eventNames}
          value={event}
          onChange={set('event')}
        />
        <Autocomplete
          label={said.actor}
          placeholder={said.actorHint}
          data={actorKinds}
          value={actor}
          onChange={set('actor')}
        />
        <TextInput
          className={classes.long}
          label={said.instance}
          placeholder={said.instanceHint}
          value={instanceId}
          error={isInstanceId(instanceId) ? undefined : said.wrongInstance}
          onChange={({ currentTarget }) => set('instanceId')(currentTarget.value)}
        />
        <TextInput
          className={classes.long}
          label={said.from}
          type="datetime-local"
          value={from}
          onChange={({ currentTarget }) => set('from')(currentTarget.value)}
        />
        <TextInput
          className={classes.long}
          label={said.to}
          type="datetime-local"
          value={to}
          onChange={({ currentTarget }) => set('to')(currentTarget.value)}
        />
      </SimpleGrid>
      {isNarrowed && (
        <Group mt="xs">
          <Button size="xs" variant="default" onClick={() => onChange({})}>
            {said.clear}
          </Button>
        </Group>
      )}
    </search>
  );
}
