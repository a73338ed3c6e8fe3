import { NativeSelect } from '@mantine/core';
import { words } from '../../words.js';
import { useFieldError } from './policy-draft.js';
import type { Mode } from './policy.js';

const { policy: said } = words;
const modes = ['allow', 'ask', 'deny'] as const satisfies Mode[];

interface ModeSelectProps {
  label: string;
  description?: string;
  /** As the server names it, such as `acts.send`. */
  field: string;
  value: Mode | undefined;
  /** What holds where nothing is said. */
  usual: Mode;
  onChange: (mode: Mode | undefined) => void;
}

/** Allow, ask or deny, or as the defaults say. */
export function ModeSelect({ label, description, field, value, usual, onChange }: ModeSelectProps) {
  return (
    <NativeSelect
      label={label}
      description={description}
      error={useFieldError(field)}
      value={value ?? ''}
      data={[
        { value: '', label: said.byDefault(said.modes[usual]) },
        ...modes.map((mode) => ({ value: mode, label: said.modes[mode] })),
      ]}
      onChange={({ currentTarget }) => onChange(modes.find((mode) => mode === currentTarget.value))}
    />
  );
}
