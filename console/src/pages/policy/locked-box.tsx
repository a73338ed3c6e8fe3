import { Checkbox } from '@mantine/core';
import { words } from '../../words.js';
import { usePolicyDraft } from './policy-draft.js';
import type { PolicyField } from './policy.js';

const { policy: said } = words;

/** Whether instances may only be stricter in a field. */
export function LockedBox({ field }: { field: PolicyField }) {
  const { policy, change } = usePolicyDraft();
  const locked = policy.locked ?? [];
  return (
    <Checkbox
      size="xs"
      mt={6}
      label={said.locked}
      aria-label={said.lockedFor(said.fields[field][0])}
      checked={locked.includes(field)}
      onChange={({ currentTarget: { checked } }) => {
        const others = locked.filter((each) => each !== field);
        const next = checked ? [...others, field] : others;
        change('locked', next.length === 0 ? undefined : next);
      }}
    />
  );
}
