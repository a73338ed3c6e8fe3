import { Alert, Button, Text } from '@mantine/core';
import { AlertIcon } from '@primer/octicons-react';
import { ApiError } from '../api/api-error.js';
import { words } from '../words.js';

interface ErrorNoteProps {
  error: Error;
  /** Asks once more; without it there is no button. */
  again?: () => void;
}

/** Says an error in words, and offers to try again. */
export function ErrorNote({ error, again }: ErrorNoteProps) {
  return (
    <Alert color="red" icon={<AlertIcon />} title={words.errors.title} role="alert">
      <Text size="sm">{inWords(error)}</Text>
      {again && (
        <Button mt="sm" size="xs" variant="default" onClick={again}>
          {words.errors.again}
        </Button>
      )}
    </Alert>
  );
}

/** Ours for what the server can say only in general; else its own words, which are written for people. */
export function inWords(error: Error): string {
  if (!(error instanceof ApiError)) return words.errors.crashed;
  const { retryAfterSeconds, field } = error.facts;
  const said = words.errors.byCode[error.code] ?? error.message;
  const named = field === null ? said : `${said} (${field})`;
  return retryAfterSeconds === null ? named : `${named} ${words.errors.retryAfter(retryAfterSeconds)}`;
}
