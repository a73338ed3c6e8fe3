import { Anchor, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useParams } from 'wouter';
import { approvalKeys, type Approval } from '../../approvals/approval-queries.js';
import { StatusBadge, stageOf } from '../../approvals/status-badge.js';
import { useApprovals } from '../../approvals/use-approvals.js';
import { answered, api } from '../../api/client.js';
import { Answer } from '../../shell/answer.js';
import { Page } from '../../shell/page.js';
import { ShownText } from '../../text/shown-text.js';
import { words } from '../../words.js';
import { Content } from './content.js';
import { Decision } from './decision.js';
import { Facts } from './facts.js';
import { Outcome } from './outcome.js';

const waitingIntervalMs = 5_000;
const underWayIntervalMs = 1_500;

/** One held act word for word, the decision on it, and what became of it. */
export default function ApprovalPage() {
  const { id = '' } = useParams();
  const approval = useQuery({
    queryKey: approvalKeys.one(id),
    queryFn: ({ signal }) => answered(api.GET('/api/approvals/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => data !== undefined && intervalOf(data),
  });
  const neighbours = useNeighbours(id);
  const [, go] = useLocation();
  useHotkeys([
    ['j', () => neighbours.next !== undefined && go(`/approvals/${neighbours.next}`)],
    ['k', () => neighbours.before !== undefined && go(`/approvals/${neighbours.before}`)],
    ['u', () => go('/approvals')],
  ]);
  return (
    <Page
      title={approval.data ? words.approvals.kinds[approval.data.kind] : words.approvals.one}
      actions={approval.data && <StatusBadge approval={approval.data} />}
    >
      <Group justify="space-between">
        <Anchor component={Link} href="/approvals">
          {words.approvals.back}
        </Anchor>
        {neighbours.next !== undefined && (
          <Anchor component={Link} href={`/approvals/${neighbours.next}`}>
            {words.approvals.next}
          </Anchor>
        )}
      </Group>
      <Answer query={approval}>{(read) => <Read approval={read} />}</Answer>
    </Page>
  );
}

function Read({ approval }: { approval: Approval }) {
  const { reasons } = approval;
  return (
    <Stack gap="lg">
      <Outcome approval={approval} />
      <Facts approval={approval} />
      {reasons.length > 0 && (
        <section>
          <Title order={2} size="h4" mb="xs">
            {words.approvals.why}
          </Title>
          <List size="sm">
            {reasons.map(({ code, sentence }) => (
              <List.Item key={code}>
                <ShownText text={sentence} />
              </List.Item>
            ))}
          </List>
        </section>
      )}
      <Paper withBorder p="md" component="section" aria-label={words.approvals.content}>
        <Content approval={approval} />
      </Paper>
      <Decision approval={approval} />
      <Text size="xs" c="dimmed" visibleFrom="sm">
        {words.approvals.keysHere}
      </Text>
    </Stack>
  );
}

function intervalOf(approval: Approval): number | false {
  const stage = stageOf(approval);
  if (stage === 'under_way') return underWayIntervalMs;
  return stage === 'pending' && waitingIntervalMs;
}

/** Those beside it that wait; the first for one that does not wait any more. */
function useNeighbours(id: string): { before?: string | undefined; next?: string | undefined } {
  const { items = [] } = useApprovals('pending');
  const here = items.findIndex((entry) => entry.id === id);
  if (here < 0) return { next: items[0]?.id };
  return { before: items[here - 1]?.id, next: items[here + 1]?.id };
}
