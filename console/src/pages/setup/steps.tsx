import { Anchor, Card, Stack, Text, Title } from '@mantine/core';
import { LinkExternalIcon } from '@primer/octicons-react';
import type { ReactNode } from 'react';
import { words } from '../../words.js';
import { CopiedText } from './copied-text.js';
import { Findings } from './findings.js';
import type { CheckName, Setup, SetupChecks } from './setup-queries.js';

const texts = words.setup;

interface StepsProps {
  setup: Setup;
  /** Null where nothing is checked. */
  checks: SetupChecks | null | undefined;
  /** The form for a pair that is not configured. */
  pair: ReactNode;
  /** What comes last. */
  mailbox: ReactNode;
}

/** What is to be done in Google's console, in its order, each with what was found of it. */
export function Steps({ setup, checks, pair, mailbox }: StepsProps) {
  const { project, consent, client, clock } = texts.steps;
  const step = (title: string, names: readonly CheckName[], children: ReactNode) => (
    <Step title={title} names={names} checks={checks}>
      {children}
    </Step>
  );
  return (
    <Stack component="ol" className="plain-list numbered-list" gap="md">
      {step(
        project.title,
        ['gmail_api'],
        <>
          <Text size="sm">{project.text}</Text>
          <Elsewhere {...project} />
        </>,
      )}
      {step(
        consent.title,
        ['scopes', 'publishing_status'],
        <>
          <Text size="sm">{consent.text}</Text>
          <CopiedText label={texts.scopes} text={setup.scopes.join('\n')} />
          <Text size="sm">{consent.trap}</Text>
          <Elsewhere {...consent} />
        </>,
      )}
      {step(
        client.title,
        ['public_url', 'redirect_uri'],
        <>
          <Text size="sm">{client.text}</Text>
          <CopiedText label={texts.redirectUri} text={setup.redirectUri} />
          <Elsewhere {...client} />
        </>,
      )}
      {step(texts.steps.pair.title, ['client'], pair)}
      {step(clock.title, ['clock'], <Text size="sm">{clock.text}</Text>)}
      {step(texts.steps.mailbox.title, [], mailbox)}
    </Stack>
  );
}

interface StepProps {
  title: string;
  names: readonly CheckName[];
  checks: StepsProps['checks'];
  children: ReactNode;
}

function Step({ title, names, checks, children }: StepProps) {
  return (
    <Card component="li" withBorder padding="lg">
      <Stack gap="sm">
        <Title order={2} size="h5">
          {title}
        </Title>
        {children}
        {names.length > 0 && checks !== null && <Findings names={names} checks={checks} />}
      </Stack>
    </Card>
  );
}

/** A page of Google's console, in a window of its own. */
function Elsewhere({ link, href }: { link: string; href: string }) {
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" size="sm" w="fit-content">
      {link} <LinkExternalIcon size={12} />
    </Anchor>
  );
}
