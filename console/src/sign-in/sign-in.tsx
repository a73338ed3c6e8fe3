import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState, type SubmitEvent } from 'react';
import { ApiError } from '../api/api-error.js';
import type { SignInCause } from '../api/presence.js';
import { useSignIn } from '../api/session.js';
import { inWords } from '../shell/error-note.js';
import { words } from '../words.js';

/** The form for an API key. */
export function SignIn({ cause }: { cause: SignInCause | null }) {
  const [apiKey, setApiKey] = useState('');
  const signIn = useSignIn();
  useEffect(() => {
    document.title = words.documentTitle(words.signIn.title);
  }, []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate(apiKey.trim());
  };
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={420}>
        <form onSubmit={submit}>
          <Stack>
            <Title order={1} size="h3">
              {words.signIn.title}
            </Title>
            {cause && (
              <Alert color="yellow" role="status">
                {cause === 'ended' ? words.signIn.ended : words.signIn.staleLink}
              </Alert>
            )}
            <Text size="sm">{words.signIn.lead}</Text>
            <PasswordInput
              label={words.signIn.keyLabel}
              description={words.signIn.keyHint}
              autoComplete="current-password"
              required
              withAsterisk={false}
              value={apiKey}
              error={signIn.error && problem(signIn.error)}
              onChange={({ currentTarget }) => setApiKey(currentTarget.value)}
            />
            <Button type="submit" loading={signIn.isPending}>
              {words.signIn.button}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

function problem(error: Error): string {
  const isUnknown = error instanceof ApiError && error.code === 'UNAUTHENTICATED';
  return isUnknown ? words.signIn.wrongKey : inWords(error);
}
