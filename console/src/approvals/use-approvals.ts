import { answered, api } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { approvalKeys, type ApprovalFilter } from './approval-queries.js';

/** Events tell of instances alone, so lists ask for themselves. */
const listIntervalMs = 5_000;

export function useApprovals(filter: ApprovalFilter) {
  return usePages({
    queryKey: approvalKeys.list(filter),
    refetchIntervalMs: listIntervalMs,
    ask: (page, signal) =>
      answered(
        api.GET('/api/approvals', {
          params: { query: { ...page, ...(filter !== 'all' && { status: filter }) } },
          signal,
        }),
      ),
  });
}
