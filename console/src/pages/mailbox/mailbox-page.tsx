import { Alert, Anchor, Stack, Tabs } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'wouter';
import { ApiError } from '../../api/api-error.js';
import { useSession } from '../../api/session.js';
import { forgetConsent, useConsentAttempt } from '../../mailboxes/consent-attempt.js';
import { useMailbox } from '../../mailboxes/mailbox-queries.js';
import { SignInDialog } from '../../mailboxes/sign-in-dialog.js';
import { nameOf, type Mailbox } from '../../mailboxes/state-badge.js';
import { Answer } from '../../shell/answer.js';
import { Page } from '../../shell/page.js';
import { words } from '../../words.js';
import { Actions } from './actions.js';
import { ClientBlocks } from './client-blocks.js';
import { History } from './history.js';
import { McpTokens } from './mcp-tokens.js';
import { Overview } from './overview.js';

const tabs = words.mailbox.tabs;

/** One mailbox: how it is, what uses it, and what happened to its grant. */
export default function MailboxPage() {
  const { id } = useParams<{ id: string }>();
  const query = useMailbox(id);
  const { data, error } = query;
  const isGone = data === null || (error instanceof ApiError && error.code === 'NOT_FOUND');
  return (
    <Page
      title={data ? nameOf(data) : words.mailboxes.title}
      back={
        <Anchor component={Link} href="/mailboxes" size="sm">
          ← {words.mailbox.toList}
        </Anchor>
      }
    >
      {isGone ? (
        <Alert color="yellow">{words.mailbox.gone}</Alert>
      ) : (
        <Answer query={query}>{(mailbox) => mailbox && <Sections mailbox={mailbox} />}</Answer>
      )}
    </Page>
  );
}

function Sections({ mailbox }: { mailbox: Mailbox }) {
  const { rights } = useSession();
  const mayWrite = rights.includes('instances:write');
  const [tab, setTab] = useState<string | null>('overview');
  return (
    <>
      {mayWrite && <SigningIn mailbox={mailbox} onDone={() => setTab('clients')} />}
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="overview">{tabs.overview}</Tabs.Tab>
          <Tabs.Tab value="clients">{tabs.clients}</Tabs.Tab>
          <Tabs.Tab value="history">{tabs.history}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview mailbox={mailbox} actions={mayWrite && <Actions mailbox={mailbox} />} />
        </Tabs.Panel>
        <Tabs.Panel value="clients">
          <Stack>
            <ClientBlocks mailbox={mailbox} />
            <McpTokens mailbox={mailbox} mayWrite={mayWrite} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <History mailboxId={mailbox.id} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** The dialog, as long as a person has to sign in and has not put it off. */
function SigningIn({ mailbox, onDone }: { mailbox: Mailbox; onDone: () => void }) {
  const { id, requiresReauth } = mailbox;
  const attempt = useConsentAttempt(id);
  const [isPutOff, setIsPutOff] = useState(false);
  const [wasNew, setWasNew] = useState(mailbox.state === 'not_connected');
  useEffect(() => {
    if (requiresReauth) return;
    forgetConsent();
    setIsPutOff(false);
    // What comes next for a new one.
    if (wasNew) onDone();
    setWasNew(false);
  }, [requiresReauth, wasNew, onDone]);
  if (!requiresReauth || (isPutOff && attempt === null)) return null;
  const close = () => {
    forgetConsent();
    setIsPutOff(true);
  };
  return <SignInDialog mailbox={mailbox} attempt={attempt} onClose={close} />;
}
