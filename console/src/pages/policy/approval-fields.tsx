import { NumberField, SwitchField } from './field-groups.js';
import { Fields } from './group.js';

const usualHours = 24;
const mostHours = 720;

/** How long people have to decide, and whether anything leaves at all. */
export function ApprovalFields() {
  return (
    <Fields group="approvals">
      <NumberField field="approvalLifeHours" most={mostHours} placeholder={String(usualHours)} />
      <SwitchField field="dryRun" />
    </Fields>
  );
}
