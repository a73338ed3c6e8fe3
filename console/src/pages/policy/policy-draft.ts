import { createContext, use } from 'react';
import { fieldError } from '../../api/field-error.js';
import type { Policy } from './policy.js';

/** The policy as it stands in the form. */
export interface PolicyDraft {
  policy: Policy;
  change: <Field extends keyof Policy>(field: Field, value: Policy[Field] | undefined) => void;
  /** Why it was not saved. */
  error: Error | null;
}

export const PolicyDraft = createContext<PolicyDraft | null>(null);

export function usePolicyDraft(): PolicyDraft {
  const draft = use(PolicyDraft);
  if (draft === null) throw new Error('A field of the policy stands outside of its form');
  return draft;
}

/** What the server has against a field, such as `acts.send`. */
export function useFieldError(field: string): string | undefined {
  return fieldError(usePolicyDraft().error, field);
}
