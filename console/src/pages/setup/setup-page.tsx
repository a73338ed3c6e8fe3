import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { SyncIcon } from '@primer/octicons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { Answer } from '../../shell/answer.js';
import { ErrorNote } from '../../shell/error-note.js';
import { Page } from '../../shell/page.js';
import { words } from '../../words.js';
import { PairForm } from './pair-form.js';
import { usePairChecks, useSetup, useSetupChecks, type Setup, type SetupChecks } from './setup-queries.js';
import { Steps } from './steps.js';
import { WhatIsConnected } from './what-is-connected.js';

const texts = words.setup;

/** Leads through what Google needs, and checks it before anyone is sent to consent. */
export default function SetupPage() {
  const query = useSetup();
  return (
    <Page title={texts.title}>
      <Text c="dimmed" maw={720}>
        {texts.lead}
      </Text>
      <Answer query={query}>
        {(setup) => (
          <Stack gap="lg" maw={860}>
            <WhatIsConnected setup={setup} />
            {setup.google === 'sandbox' ? <Preparation setup={setup} /> : <CheckedGuide setup={setup} />}
          </Stack>
        )}
      </Answer>
    </Page>
  );
}

/** What to do before the change to Google, of which the sandbox can tell nothing. */
function Preparation({ setup }: { setup: Setup }) {
  return (
    <Steps
      setup={setup}
      checks={null}
      pair={<Text size="sm">{texts.sandboxPair}</Text>}
      mailbox={<Text size="sm">{texts.sandboxMailbox}</Text>}
    />
  );
}

function CheckedGuide({ setup }: { setup: Setup }) {
  const configured = useSetupChecks();
  const pair = usePairChecks();
  const [ofPair, setOfPair] = useState(false);
  const checks = (ofPair ? pair.data : undefined) ?? configured.data;
  const isOfPair = ofPair && pair.data !== undefined;
  const again = () => {
    setOfPair(false);
    void configured.refetch();
  };
  return (
    <>
      {configured.error && <ErrorNote error={configured.error} again={again} />}
      <Group justify="space-between" align="center">
        <Summary checks={checks} isPending={configured.isFetching} isOfPair={isOfPair} />
        <Button variant="default" leftSection={<SyncIcon />} loading={configured.isFetching} onClick={again}>
          {isOfPair ? texts.toConfigured : texts.checkAgain}
        </Button>
      </Group>
      <Steps
        setup={setup}
        checks={checks}
        pair={
          <>
            <Text size="sm">{texts.steps.pair.text}</Text>
            <Text size="sm" c="dimmed">
              {texts.configured}: {setup.clientId}
            </Text>
            <PairForm
              isPending={pair.isPending}
              error={pair.error}
              onSubmit={(given) => pair.mutate(given, { onSuccess: () => setOfPair(true) })}
            />
          </>
        }
        mailbox={<FirstMailbox checks={configured.data} />}
      />
    </>
  );
}

interface SummaryProps {
  checks: SetupChecks | undefined;
  isPending: boolean;
  isOfPair: boolean;
}

function Summary({ checks, isPending, isOfPair }: SummaryProps) {
  return (
    <div role="status" style={{ flex: '1 1 16rem' }}>
      {checks ? (
        <Alert color={failures(checks) === 0 ? 'teal' : 'red'} title={inWords(checks)}>
          {isOfPair ? texts.pairShown(checks.clientId) : texts.configuredShown(checks.clientId)}
        </Alert>
      ) : (
        isPending && <Text size="sm">{texts.checking}</Text>
      )}
    </div>
  );
}

/** By the configured client: with another one no one can give consent yet. */
function FirstMailbox({ checks }: { checks: SetupChecks | undefined }) {
  const { text, connect, notYet } = texts.steps.mailbox;
  const mayConnect = checks?.checks.every(isNoObstacle) === true;
  return (
    <>
      <Text size="sm">{mayConnect || checks === undefined ? text : notYet}</Text>
      {mayConnect && (
        <Button component={Link} href="/mailboxes" w="fit-content">
          {connect}
        </Button>
      )}
    </>
  );
}

/** What only a mailbox tells may be mended by connecting one anew. */
function isNoObstacle({ name, status }: SetupChecks['checks'][number]): boolean {
  return status !== 'failed' || name === 'scopes' || name === 'publishing_status';
}

function failures({ checks }: SetupChecks): number {
  return checks.filter(({ status }) => status === 'failed').length;
}

function inWords(checks: SetupChecks): string {
  const count = failures(checks);
  if (count > 0) return texts.toMend(count);
  return checks.checks.some(({ status }) => status === 'unknown') ? texts.unclear : texts.allRight;
}
