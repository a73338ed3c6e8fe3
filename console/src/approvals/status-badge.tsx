import { Badge, type MantineColor } from '@mantine/core';
import { words } from '../words.js';
import type { ApprovalEntry } from './approval-queries.js';

type Stage = keyof typeof words.approvals.stages;

const colors = {
  pending: 'yellow',
  rejected: 'gray',
  expired: 'gray',
  under_way: 'blue',
  done: 'teal',
  not_sent: 'red',
  unknown: 'orange',
} as const satisfies Record<Stage, MantineColor>;

/** What an approval has come to, outcome included. */
export function stageOf({ status, outcome }: Pick<ApprovalEntry, 'status' | 'outcome'>): Stage {
  return status === 'approved' ? (outcome?.status ?? 'under_way') : status;
}

export function StatusBadge({ approval }: { approval: ApprovalEntry }) {
  const stage = stageOf(approval);
  return (
    <Badge color={colors[stage]} variant="light" tt="none">
      {words.approvals.stages[stage]}
    </Badge>
  );
}
