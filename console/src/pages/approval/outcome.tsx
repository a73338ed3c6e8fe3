import { Alert } from '@mantine/core';
import { stageOf } from '../../approvals/status-badge.js';
import type { Approval } from '../../approvals/approval-queries.js';
import { words } from '../../words.js';

const colors = {
  rejected: 'gray',
  expired: 'gray',
  under_way: 'blue',
  done: 'teal',
  not_sent: 'red',
  unknown: 'orange',
} as const;

/** What became of it, told as it changes. */
export function Outcome({ approval }: { approval: Approval }) {
  const stage = stageOf(approval);
  const { outcome } = approval;
  const code = outcome?.errorCode ?? null;
  return (
    <div role="status">
      {stage === 'pending' ? (
        <Alert color="gray">{words.approvals.careful}</Alert>
      ) : (
        <Alert color={colors[stage]} title={words.approvals.stages[stage]}>
          {words.approvals.outcomes[stage]}
          {code !== null && ` ${words.approvals.because(words.errors.byCode[code] ?? code)}`}
        </Alert>
      )}
    </div>
  );
}
