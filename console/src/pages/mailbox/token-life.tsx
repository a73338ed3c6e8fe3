import { Progress, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { instant, sinceOrIn, span } from '../../format.js';
import type { Mailbox } from '../../mailboxes/state-badge.js';
import { words } from '../../words.js';
import { Section } from '../../shell/section.js';

const texts = words.mailbox;
const redrawMs = 10_000;

/** How much of its life the access token has left, as a bar. */
export function TokenLife({ mailbox }: { mailbox: Mailbox }) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useInterval(() => setNowMs(Date.now()), redrawMs, { autoInvoke: true });
  const { tokenExpiresAt, lastRefreshedAt } = mailbox;
  if (tokenExpiresAt === null)
    return (
      <Section title={texts.tokenTitle}>
        <Text size="sm">{texts.tokenNone}</Text>
      </Section>
    );
  const endMs = Date.parse(tokenExpiresAt);
  const beginMs = lastRefreshedAt === null ? endMs : Date.parse(lastRefreshedAt);
  const leftMs = Math.max(0, endMs - nowMs);
  const percent = endMs > beginMs ? Math.min(100, (100 * leftMs) / (endMs - beginMs)) : 0;
  return (
    <Section title={texts.tokenTitle}>
      <Progress.Root size="lg">
        <Progress.Section value={percent} aria-label={texts.tokenBar} />
      </Progress.Root>
      <Text size="sm">
        {leftMs > 0
          ? texts.tokenLives(span(leftMs), instant(tokenExpiresAt))
          : texts.tokenOver(sinceOrIn(tokenExpiresAt, nowMs))}
      </Text>
      {leftMs > 0 && <Outlook mailbox={mailbox} />}
    </Section>
  );
}

/** What becomes of it; in trouble that is not known. */
function Outlook({ mailbox: { requiresReauth, state } }: { mailbox: Mailbox }) {
  const isWell = state === 'connected' || state === 'refreshing';
  if (!requiresReauth && !isWell) return null;
  return <Text size="sm">{requiresReauth ? texts.tokenUseless : texts.tokenRenewed}</Text>;
}
