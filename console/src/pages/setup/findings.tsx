import { Badge, Group, Stack, Text } from '@mantine/core';
import { AlertIcon, CheckIcon, ClockIcon, QuestionIcon } from '@primer/octicons-react';
import { words } from '../../words.js';
import type { CheckName, Finding, SetupChecks } from './setup-queries.js';

const texts = words.setup;

const looks = {
  ok: { color: 'teal', Icon: CheckIcon },
  failed: { color: 'red', Icon: AlertIcon },
  unknown: { color: 'yellow', Icon: QuestionIcon },
  waiting: { color: 'gray', Icon: ClockIcon },
} as const satisfies Record<Finding['status'], object>;

interface FindingsProps {
  names: readonly CheckName[];
  checks: SetupChecks | undefined;
}

/** What was found of a step. */
export function Findings({ names, checks }: FindingsProps) {
  return (
    <Stack component="ul" className="plain-list" gap="xs">
      {names.map((name) => (
        <OneFinding key={name} name={name} finding={checks?.checks.find((each) => each.name === name)} />
      ))}
    </Stack>
  );
}

function OneFinding({ name, finding }: { name: CheckName; finding: Finding | undefined }) {
  return (
    <Group component="li" gap="xs" align="flex-start">
      {finding ? <Mark status={finding.status} /> : null}
      <Text size="sm" flex="1 1 14rem">
        <strong>{texts.checks[name]}: </strong>
        {finding ? finding.detail : texts.notChecked}
      </Text>
    </Group>
  );
}

function Mark({ status }: { status: Finding['status'] }) {
  const { color, Icon } = looks[status];
  return (
    <Badge variant="light" color={color} tt="none" radius="sm" w="6rem" leftSection={<Icon size={12} />}>
      {texts.statuses[status]}
    </Badge>
  );
}
