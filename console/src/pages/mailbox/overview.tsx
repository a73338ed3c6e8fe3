import { Button, Group, List, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { beginConsent } from '../../mailboxes/consent-attempt.js';
import { reasonInWords, StateBadge, type Mailbox } from '../../mailboxes/state-badge.js';
import { instant } from '../../format.js';
import { Section } from '../../shell/section.js';
import { words } from '../../words.js';
import { permissionsOf } from './permissions.js';
import { TokenLife } from './token-life.js';

const texts = words.mailbox;

/** How a mailbox is, and what it is for. */
export function Overview({ mailbox, actions }: { mailbox: Mailbox; actions: ReactNode }) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} className="cards">
      <StateCard mailbox={mailbox} actions={actions} />
      <TokenLife mailbox={mailbox} />
      <PermissionsCard mailbox={mailbox} />
      <FactsCard mailbox={mailbox} />
    </SimpleGrid>
  );
}

function StateCard({ mailbox, actions }: { mailbox: Mailbox; actions: ReactNode }) {
  const { id, state, errorMessage, requiresReauth, servesUntil } = mailbox;
  const isInTrouble = state === 'degraded' || state === 'held' || state === 'blocked';
  const reason = reasonInWords(mailbox);
  return (
    <Section title={words.mailboxes.state}>
      <Group aria-live="polite">
        <StateBadge state={state} />
      </Group>
      <Text size="sm">{words.stateSentences[state]}</Text>
      {reason !== null && <Text size="sm">{reason}</Text>}
      {errorMessage !== null && (
        <Text size="sm" c="dimmed">
          {errorMessage}
        </Text>
      )}
      {isInTrouble && (
        <Text size="sm" fw={600}>
          {servesUntil === null ? texts.servesNot : texts.serves(instant(servesUntil))}
        </Text>
      )}
      {requiresReauth && actions !== false && (
        <Button w="fit-content" onClick={() => void beginConsent(id)}>
          {texts.reconnect}
        </Button>
      )}
      {actions}
    </Section>
  );
}

function PermissionsCard({ mailbox }: { mailbox: Mailbox }) {
  const { granted, missing, unused } = permissionsOf(mailbox);
  return (
    <Section title={texts.permissions}>
      {granted.length + unused.length === 0 && <Text size="sm">{texts.noneGranted}</Text>}
      <Permissions title={texts.granted} scopes={granted} />
      <Permissions title={texts.missing} scopes={missing} />
      <Permissions title={texts.unused} scopes={unused} />
    </Section>
  );
}

function Permissions({ title, scopes }: { title: string; scopes: readonly string[] }) {
  if (scopes.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <List size="sm">
        {scopes.map((scope) => (
          <List.Item key={scope}>{words.permissionWords[scope] ?? scope}</List.Item>
        ))}
      </List>
    </div>
  );
}

function FactsCard({ mailbox }: { mailbox: Mailbox }) {
  const { email, externalId, sharedBy, oauthCompletedAt, grantExpiresAt, createdAt } = mailbox;
  const facts: [string, string | null][] = [
    [texts.name, mailbox.name],
    [texts.account, email],
    [texts.externalId, externalId],
    [texts.shared, sharedBy === 0 ? null : texts.sharers(sharedBy)],
    [texts.toolsets, mailbox.toolsets.join(', ') + (mailbox.readOnly ? ` (${texts.readOnly})` : '')],
    [texts.policy, mailbox.policy === null ? texts.policyTenant : texts.policyOwn],
    [texts.consent, oauthCompletedAt && instant(oauthCompletedAt)],
    [texts.consentEnds, grantExpiresAt && instant(grantExpiresAt)],
    [texts.created, instant(createdAt)],
  ];
  return (
    <Section title={texts.settings}>
      <Stack component="dl" gap="xs" m={0}>
        {facts.map(([name, value]) =>
          value === null ? null : (
            <Group key={name} gap="xs" wrap="nowrap" align="baseline">
              <Text component="dt" size="sm" c="dimmed" w="8rem" flex="none">
                {name}
              </Text>
              <Text component="dd" size="sm" m={0}>
                {value}
              </Text>
            </Group>
          ),
        )}
      </Stack>
    </Section>
  );
}
