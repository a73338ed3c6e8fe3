import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../../words.js';

const { groups } = words.policy;

/** Fields that belong together. */
export function Fields({ group, children }: { group: keyof typeof groups; children: ReactNode }) {
  const [title, lead] = groups[group];
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} size="h4">
        {title}
      </Title>
      {lead !== '' && (
        <Text size="sm" c="dimmed">
          {lead}
        </Text>
      )}
      <Stack mt="md" gap="lg">
        {children}
      </Stack>
    </Paper>
  );
}
