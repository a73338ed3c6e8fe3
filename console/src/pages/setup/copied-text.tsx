import { Button, Code, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { CheckIcon, CopyIcon } from '@primer/octicons-react';
import { words } from '../../words.js';

const texts = words.setup;

/** A text that belongs elsewhere, letter by letter. */
export function CopiedText({ label, text }: { label: string; text: string }) {
  const { copy, copied, error } = useClipboard({ timeout: 3_000 });
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Code block tabIndex={0} style={{ whiteSpace: 'pre-wrap' }}>
        {text}
      </Code>
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        leftSection={copied ? <CheckIcon /> : <CopyIcon />}
        aria-label={copied ? texts.copiedLabel(label) : texts.copyLabel(label)}
        onClick={() => copy(text)}
      >
        {copied ? texts.copied : texts.copy}
      </Button>
      <VisuallyHidden role="status">{copied && texts.copied}</VisuallyHidden>
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {texts.copyFailed}
        </Text>
      )}
    </Stack>
  );
}
