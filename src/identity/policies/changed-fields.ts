import { isDeepStrictEqual } from 'node:util';
import type { OutboundPolicy, TenantPolicy } from './outbound-policy.js';

type Policy = OutboundPolicy | TenantPolicy | null;

/** The fields of a policy that have another value after a change; of one that is absent, none has a value. */
export function changedFields(before: Policy, after: Policy): string[] {
  const [old, given] = [before, after].map((policy): Record<string, unknown> => ({ ...policy }));
  const fields = new Set([...Object.keys(old ?? {}), ...Object.keys(given ?? {})]);
  return [...fields].filter((field) => !isDeepStrictEqual(old?.[field], given?.[field])).sort();
}
