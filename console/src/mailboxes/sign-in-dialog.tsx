import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { inWords } from '../shell/error-note.js';
import { words } from '../words.js';
import { beginConsent, type ConsentAttempt } from './consent-attempt.js';
import { nameOf, reasonInWords, type Mailbox } from './state-badge.js';
import { Dialog } from '../shell/dialog.js';

interface SignInDialogProps {
  mailbox: Mailbox;
  attempt: ConsentAttempt | null;
  onClose: () => void;
}

/** Asks a person to sign in to Google, and says why. It is there when the server says `requiresReauth`, and only then. */
export function SignInDialog({ mailbox, attempt, onClose }: SignInDialogProps) {
  const isWaiting = attempt !== null && attempt.status !== 'ended';
  return (
    <Dialog title={words.connecting.title} onClose={onClose}>
      <Stack>
        <Text fw={600}>{nameOf(mailbox)}</Text>
        <Why mailbox={mailbox} />
        {attempt?.problem != null && <Alert color="red">{problemInWords(attempt.problem)}</Alert>}
        {isWaiting ? <Waiting attempt={attempt} /> : <Text size="sm">{words.connecting.explain}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.connecting.later}
          </Button>
          {attempt?.status !== 'waiting' && (
            <Button data-autofocus onClick={() => void beginConsent(mailbox.id)}>
              {attempt === null ? words.connecting.go : words.connecting.again}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

function Why({ mailbox }: { mailbox: Mailbox }) {
  const { reauthReason, errorMessage } = mailbox;
  const sentences = new Set([
    reauthReason && words.signInReasons[reauthReason],
    reauthReason === 'not_connected' ? null : reasonInWords(mailbox),
    errorMessage,
  ]);
  return (
    <div>
      {[...sentences].map((sentence) =>
        sentence === null ? null : (
          <Text key={sentence} size="sm">
            {sentence}
          </Text>
        ),
      )}
    </div>
  );
}

function Waiting({ attempt }: { attempt: ConsentAttempt }) {
  return (
    <Group role="status" wrap="nowrap" gap="sm">
      {attempt.status === 'waiting' && <Loader size="sm" />}
      <Text size="sm">{attempt.status === 'waiting' ? words.connecting.waiting : words.connecting.left}</Text>
    </Group>
  );
}

function problemInWords(problem: string | Error): string {
  if (typeof problem !== 'string') return inWords(problem);
  return words.connecting.outcomes[problem] ?? words.connecting.failed;
}
