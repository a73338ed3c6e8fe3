import { SegmentedControl, Text } from '@mantine/core';
import { useSessionStorage } from '@mantine/hooks';
import { approvalFilters, type ApprovalFilter } from '../../approvals/approval-queries.js';
import { useApprovals } from '../../approvals/use-approvals.js';
import { PagedList } from '../../shell/paged-list.js';
import { Page } from '../../shell/page.js';
import { words } from '../../words.js';
import { ApprovalRows } from './approval-rows.js';
import classes from './approval-rows.module.css';

const { filters, empty, keys, filter: filterLabel, title } = words.approvals;

/** What waits for a person's decision, and what was decided. */
export default function ApprovalsPage() {
  const [filter, setFilter] = useSessionStorage<ApprovalFilter>({
    key: 'evergrant.approvals.filter',
    defaultValue: 'pending',
    getInitialValueInEffect: false,
  });
  const approvals = useApprovals(filter);
  return (
    <Page title={title}>
      <SegmentedControl
        className={classes.filter}
        size="xs"
        aria-label={filterLabel}
        value={filter}
        onChange={setFilter}
        data={approvalFilters.map((value) => ({ value, label: filters[value] }))}
      />
      <PagedList pages={approvals} empty={empty[filter]}>
        {(items) => <ApprovalRows approvals={items} />}
      </PagedList>
      <Text size="xs" c="dimmed" visibleFrom="sm">
        {keys}
      </Text>
    </Page>
  );
}
