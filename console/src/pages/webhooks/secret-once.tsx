import { Button, Group, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { CheckIcon, CopyIcon } from '@primer/octicons-react';
import { words } from '../../words.js';

const texts = words.webhooks;

/** A secret that the server does not show again. */
export function SecretOnce({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { copy, copied, error } = useClipboard({ timeout: 3_000 });
  return (
    <Stack>
      <Text size="sm">{texts.secretOnce}</Text>
      <TextInput
        data-autofocus
        readOnly
        label={texts.secretTitle}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={secret}
        error={error && texts.copyFailed}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <Text size="sm" c="dimmed">
        {texts.secretUse}
      </Text>
      <Group justify="space-between">
        <Button
          variant="default"
          leftSection={copied ? <CheckIcon /> : <CopyIcon />}
          onClick={() => copy(secret)}
        >
          {copied ? texts.copied : texts.copy}
        </Button>
        <VisuallyHidden role="status">{copied && texts.copied}</VisuallyHidden>
        <Button onClick={onDone}>{texts.done}</Button>
      </Group>
    </Stack>
  );
}
