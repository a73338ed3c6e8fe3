import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { answered, api } from '../../api/client.js';
import { ApiError } from '../../api/api-error.js';
import { useSession } from '../../api/session.js';
import { ErrorNote } from '../../shell/error-note.js';
import { UnsavedGuard } from '../../shell/unsaved-guard.js';
import { words } from '../../words.js';
import { ApprovalFields } from './approval-fields.js';
import { ActFields, ContentFields, LimitFields, RecipientFields } from './field-groups.js';
import { PolicyDraft } from './policy-draft.js';
import { isSamePolicy, policyKey, withField, type Policy } from './policy.js';
import classes from './policy.module.css';

const { policy: said } = words;

/** The policy as a form; what is not saved yet is not lost unasked. */
export function PolicyForm({ saved }: { saved: Policy }) {
  const mayWrite = useSession().rights.includes('policy:write');
  const [draft, setDraft] = useState<Policy | null>(null);
  const policy = draft ?? saved;
  const isDirty = draft !== null && !isSamePolicy(draft, saved);
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: () => answered(api.PUT('/api/policy', { body: policy })),
    onSuccess: (stored) => {
      queryClient.setQueryData(policyKey, stored);
      setDraft(null);
    },
  });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (save.error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [save.error]);
  const change: PolicyDraft['change'] = (field, value) => {
    if (save.isSuccess) save.reset();
    setDraft((before) => withField(before ?? saved, field, value));
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form ref={form} onSubmit={submit} aria-label={said.title}>
      <UnsavedGuard isDirty={isDirty && !save.isPending} />
      {!mayWrite && <Alert color="gray">{said.readOnly}</Alert>}
      <PolicyDraft value={{ policy, change, error: save.error }}>
        <fieldset disabled={!mayWrite} className={classes.fields}>
          <Stack gap="lg">
            <ActFields />
            <RecipientFields />
            <ContentFields />
            <LimitFields />
            <ApprovalFields />
          </Stack>
        </fieldset>
      </PolicyDraft>
      {mayWrite && (
        <Paper withBorder p="sm" className={classes.bar}>
          <Stack gap="xs">
            {save.error && <Refused error={save.error} />}
            <Group justify="space-between">
              <Text size="sm" role="status">
                {isDirty ? said.unsaved : save.isSuccess && said.saved}
              </Text>
              <Group gap="xs">
                <Button
                  variant="default"
                  disabled={!isDirty || save.isPending}
                  onClick={() => {
                    setDraft(null);
                    save.reset();
                  }}
                >
                  {said.discard}
                </Button>
                <Button type="submit" disabled={!isDirty} loading={save.isPending}>
                  {said.save}
                </Button>
              </Group>
            </Group>
          </Stack>
        </Paper>
      )}
    </form>
  );
}

function Refused({ error }: { error: Error }) {
  const isAtField = error instanceof ApiError && error.facts.field !== null;
  if (!isAtField) return <ErrorNote error={error} />;
  return (
    <Alert color="red" role="alert">
      {said.refused}
    </Alert>
  );
}
