import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client.js';
import { Answer } from '../../shell/answer.js';
import { Page } from '../../shell/page.js';
import { words } from '../../words.js';
import { policyKey } from './policy.js';
import { PolicyForm } from './policy-form.js';

/** What may leave the mailboxes of the tenant. */
export default function PolicyPage() {
  const policy = useQuery({
    queryKey: policyKey,
    queryFn: ({ signal }) => answered(api.GET('/api/policy', { signal })),
  });
  return (
    <Page title={words.policy.title}>
      <Text c="dimmed">{words.policy.lead}</Text>
      <Answer query={policy}>{(read) => <PolicyForm saved={read} />}</Answer>
    </Page>
  );
}
