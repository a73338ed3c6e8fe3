import { NumberInput, SimpleGrid, Switch, Textarea } from '@mantine/core';
import { words } from '../../words.js';
import { Fields } from './group.js';
import { LockedBox } from './locked-box.js';
import { ModeSelect } from './mode-select.js';
import { useFieldError, usePolicyDraft } from './policy-draft.js';
import { actDefaults, limits, lists, modeDefaults, type ActKind } from './policy.js';

const { policy: said } = words;
const kinds = Object.keys(actDefaults) as ActKind[];

export function ActFields() {
  const { policy, change } = usePolicyDraft();
  const acts = policy.acts ?? {};
  return (
    <Fields group="acts">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {kinds.map((kind) => (
          <ModeSelect
            key={kind}
            label={said.acts[kind]}
            field={`acts.${kind}`}
            value={acts[kind]}
            usual={actDefaults[kind]}
            onChange={(mode) => {
              const { [kind]: _before, ...others } = acts;
              const next = mode === undefined ? others : { ...others, [kind]: mode };
              change('acts', Object.keys(next).length === 0 ? undefined : next);
            }}
          />
        ))}
      </SimpleGrid>
      <LockedBox field="acts" />
    </Fields>
  );
}

export function RecipientFields() {
  return (
    <Fields group="recipients">
      <ModeField field="newRecipients" />
      <ModeField field="conversations" />
      {lists.map((field) => (
        <ListField key={field} field={field} />
      ))}
      <SwitchField field="onlyKnownRecipients" />
    </Fields>
  );
}

export function ContentFields() {
  return (
    <Fields group="contents">
      <ModeField field="outsideFiles" />
      <ModeField field="secrets" />
    </Fields>
  );
}

export function LimitFields() {
  return (
    <Fields group="limits">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {limits.map((field) => (
          <NumberField key={field} field={field} most={1_000_000} placeholder={said.noLimit} />
        ))}
      </SimpleGrid>
    </Fields>
  );
}

function ModeField({ field }: { field: keyof typeof modeDefaults }) {
  const { policy, change } = usePolicyDraft();
  const [label, description] = said.fields[field];
  return (
    <div>
      <ModeSelect
        label={label}
        description={description}
        field={field}
        value={policy[field]}
        usual={modeDefaults[field]}
        onChange={(mode) => change(field, mode)}
      />
      <LockedBox field={field} />
    </div>
  );
}

/** One entry a line; lines that are empty are left out when it is sent. */
function ListField({ field }: { field: (typeof lists)[number] }) {
  const { policy, change } = usePolicyDraft();
  const [label, description] = said.fields[field];
  return (
    <div>
      <Textarea
        label={label}
        description={description}
        error={useFieldError(field)}
        autosize
        minRows={2}
        maxRows={12}
        spellCheck={false}
        value={policy[field]?.join('\n') ?? ''}
        onChange={({ currentTarget: { value } }) =>
          change(field, value === '' ? undefined : value.split('\n'))
        }
        onBlur={() => change(field, entriesOf(policy[field]))}
      />
      <LockedBox field={field} />
    </div>
  );
}

function entriesOf(lines: readonly string[] | undefined): string[] | undefined {
  const entries = (lines ?? []).map((line) => line.trim()).filter((line) => line !== '');
  return entries.length === 0 ? undefined : entries;
}

export function SwitchField({ field }: { field: 'onlyKnownRecipients' | 'dryRun' }) {
  const { policy, change } = usePolicyDraft();
  const [label, description] = said.fields[field];
  return (
    <div>
      <Switch
        label={label}
        description={description}
        error={useFieldError(field)}
        checked={policy[field] ?? false}
        onChange={({ currentTarget }) => change(field, currentTarget.checked ? true : undefined)}
      />
      <LockedBox field={field} />
    </div>
  );
}

interface NumberFieldProps {
  field: (typeof limits)[number] | 'approvalLifeHours';
  most: number;
  placeholder: string;
}

export function NumberField({ field, most, placeholder }: NumberFieldProps) {
  const { policy, change } = usePolicyDraft();
  const [label, description] = said.fields[field];
  return (
    <div>
      <NumberInput
        label={label}
        description={description === '' ? undefined : description}
        error={useFieldError(field)}
        placeholder={placeholder}
        allowDecimal={false}
        allowNegative={false}
        min={1}
        max={most}
        value={policy[field] ?? ''}
        onChange={(value) => change(field, value === '' ? undefined : Number(value))}
      />
      <LockedBox field={field} />
    </div>
  );
}
