import {
  Badge,
  Card,
  Group,
  Progress,
  SimpleGrid,
  Stack,
  Text,
  Title,
  type MantineColor,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { instant } from '../../format.js';
import { stateColors, type MailboxState } from '../../mailboxes/state-badge.js';
import { words } from '../../words.js';
import { count } from './figure-format.js';
import type { Figures } from './figures-query.js';

const texts = words.numbers;
type Now = Figures['now'];

const states: readonly MailboxState[] = [
  'connected',
  'refreshing',
  'degraded',
  'held',
  'needs_sign_in',
  'blocked',
  'not_connected',
];
const breakerColors = { closed: 'teal', open: 'red', 'half-open': 'yellow' } as const;

/** How it is at present, and what stands in the way of refreshes. */
export function Present({ now }: { now: Now }) {
  return (
    <Stack component="section" gap="md" aria-labelledby="present">
      <Title order={2} size="h4" id="present">
        {texts.present}
      </Title>
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
        <Fact title={texts.instances}>
          <Instances instances={now.instances} />
        </Fact>
        <Fact title={texts.breaker}>
          <Group gap="sm" align="flex-start" wrap="nowrap">
            <Word
              color={breakerColors[now.oauthServiceBreaker]}
              text={texts.breakerWords[now.oauthServiceBreaker]}
            />
            <Text size="sm">{texts.breakers[now.oauthServiceBreaker]}</Text>
          </Group>
        </Fact>
        <Fact title={texts.gates}>
          <Lines
            none={texts.noGates}
            lines={now.gates.map(({ clientId, closedUntil }) => texts.gate(clientId, instant(closedUntil)))}
          />
        </Fact>
        <Fact title={texts.holds}>
          <Lines
            none={texts.noHolds}
            lines={now.holds.map(({ clientId, suspects, since }) =>
              texts.hold(clientId, suspects, instant(since)),
            )}
          />
        </Fact>
        <Fact title={texts.spilled}>
          <Text size="sm">
            {now.spilledRefreshes === 0 ? texts.noSpilled : texts.spilledCount(now.spilledRefreshes)}
          </Text>
        </Fact>
        <Fact title={texts.quota}>
          <Quota quota={now.quota} />
        </Fact>
      </SimpleGrid>
    </Stack>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card component="section" aria-label={title} withBorder padding="md">
      <Title order={3} size="h6" mb="xs">
        {title}
      </Title>
      {children}
    </Card>
  );
}

function Word({ color, text }: { color: MantineColor; text: string }) {
  return (
    <Badge variant="light" color={color} tt="none" radius="sm" style={{ flexShrink: 0 }}>
      {text}
    </Badge>
  );
}

function Instances({ instances }: { instances: Now['instances'] }) {
  const present = states.filter((state) => instances[state] > 0);
  if (present.length === 0) return <Text size="sm">{texts.noInstances}</Text>;
  return (
    <ul className="plain-list">
      {present.map((state) => (
        <Group key={state} component="li" justify="space-between" py={2}>
          <Word color={stateColors[state]} text={words.states[state]} />
          <Text size="sm" fw={600}>
            {count(instances[state])}
          </Text>
        </Group>
      ))}
    </ul>
  );
}

function Lines({ lines, none }: { lines: readonly string[]; none: string }) {
  if (lines.length === 0) return <Text size="sm">{none}</Text>;
  return (
    <ul className="plain-list">
      {lines.map((line) => (
        <Text key={line} component="li" size="sm">
          {line}
        </Text>
      ))}
    </ul>
  );
}

function Quota({ quota }: { quota: Now['quota'] }) {
  if (quota.length === 0) return <Text size="sm">{texts.noQuota}</Text>;
  return (
    <Stack component="ul" className="plain-list" gap="xs">
      {quota.map(({ instanceId, name, email, unitsTaken, unitsPerMinute }) => (
        <li key={instanceId}>
          <Group justify="space-between" gap="xs">
            <Text size="sm">{email ?? name}</Text>
            <Text size="sm" c="dimmed">
              {texts.units(count(unitsTaken), count(unitsPerMinute))}
            </Text>
          </Group>
          <Progress
            aria-label={email ?? name}
            value={Math.min(100, (100 * unitsTaken) / unitsPerMinute)}
            color={unitsTaken >= unitsPerMinute ? 'red' : 'teal'}
          />
        </li>
      ))}
    </Stack>
  );
}
