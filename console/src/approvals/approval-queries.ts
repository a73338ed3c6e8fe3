import type { Schemas } from '../api/client.js';

export type Approval = Schemas['Approval'];
export type ApprovalEntry = Schemas['ApprovalEntry'];

/** In the order in which they are offered. */
export const approvalFilters = ['pending', 'approved', 'rejected', 'expired', 'all'] as const;
export type ApprovalFilter = (typeof approvalFilters)[number];

/** Under which the answers about approvals are kept. */
export const approvalKeys = {
  lists: ['approvals', 'list'] as const,
  list: (filter: ApprovalFilter) => ['approvals', 'list', filter] as const,
  one: (id: string) => ['approvals', 'one', id] as const,
};
