import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { words } from '../words.js';

interface SecretOnceProps {
  title: string;
  secret: string;
  onStored: () => void;
}

/** A key that no one will show again, until it is said to be copied. */
export function SecretOnce({ title, secret, onStored }: SecretOnceProps) {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => shown.current?.focus(), []);
  return (
    <Alert ref={shown} tabIndex={-1} color="teal" title={title} role="group" aria-label={title}>
      <Stack gap="sm">
        <Text size="sm">{words.keys.shownOnce}</Text>
        <Code block className="secret-once">
          {secret}
        </Code>
        <Group>
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button size="xs" onClick={copy}>
                <span role="status">{copied ? words.texts.copied : words.texts.copy}</span>
              </Button>
            )}
          </CopyButton>
          <Button size="xs" variant="default" onClick={onStored}>
            {words.keys.stored}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
