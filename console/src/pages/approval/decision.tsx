import { Alert, Group, Paper, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error.js';
import { answered, api } from '../../api/client.js';
import { approvalKeys, type Approval } from '../../approvals/approval-queries.js';
import { ConfirmedButton } from '../../shell/confirmed-button.js';
import { ErrorNote } from '../../shell/error-note.js';
import { words } from '../../words.js';
import classes from './approval.module.css';

const { decision: said } = words.approvals;

/** The two buttons, once; and why a decision was not taken. */
export function Decision({ approval }: { approval: Approval }) {
  const decide = useDecision(approval);
  const { status, readable, recipients, newRecipients } = approval;
  const isPendingAs = (decision: 'approve' | 'reject') => decide.isPending && decide.variables === decision;
  return (
    <Stack className={classes.decision} gap="xs">
      {decide.error && <Refused error={decide.error} />}
      {status === 'pending' && (
        <Paper withBorder p="sm">
          <Group align="flex-start">
            {readable && (
              <ConfirmedButton
                label={said.approve}
                variant="filled"
                color="teal"
                question={said.approveQuestion(recipients, newRecipients.length)}
                confirmLabel={said.approveSurely}
                isPending={isPendingAs('approve')}
                onConfirm={() => decide.mutate('approve')}
              />
            )}
            <ConfirmedButton
              label={said.reject}
              question={said.rejectQuestion}
              confirmLabel={said.rejectSurely}
              isPending={isPendingAs('reject')}
              onConfirm={() => decide.mutate('reject')}
            />
          </Group>
        </Paper>
      )}
    </Stack>
  );
}

/** Too late, made elsewhere, or about another content: the truth is shown above by then. */
function Refused({ error }: { error: Error }) {
  const sentence = error instanceof ApiError && said.refusals[error.facts.reason ?? ''];
  if (sentence === undefined || sentence === false) return <ErrorNote error={error} />;
  return (
    <Alert color="yellow" title={said.notTaken} role="alert">
      {sentence}
    </Alert>
  );
}

function useDecision({ id, contentDigest }: Approval) {
  const queryClient = useQueryClient();
  const queryKey = approvalKeys.one(id);
  return useMutation({
    mutationFn: (decision: 'approve' | 'reject') =>
      answered(
        api.POST('/api/approvals/{id}', { params: { path: { id } }, body: { decision, contentDigest } }),
      ),
    onSuccess: (decided) => queryClient.setQueryData(queryKey, decided),
    onError: () => queryClient.invalidateQueries({ queryKey }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: approvalKeys.lists }),
  });
}
