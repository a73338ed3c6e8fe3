import { Alert, Stack, Title } from '@mantine/core';
import type { Approval } from '../../approvals/approval-queries.js';
import { ShownText } from '../../text/shown-text.js';
import { words } from '../../words.js';
import { Message } from './message.js';
import { Recipients } from './recipients.js';
import { Written } from './written.js';

/** What would leave, or what would be set. */
export function Content({ approval }: { approval: Approval }) {
  const { readable, message, settings, recipientAddresses, newRecipients } = approval;
  const fresh = new Set(newRecipients);
  if (!readable) return <Alert color="red">{words.approvals.unreadable}</Alert>;
  if (message !== null) return <Message message={message} fresh={fresh} />;
  const lists = [
    {
      heading: words.approvals.goesTo,
      recipients: recipientAddresses.map((address) => ({ name: '', address })),
    },
  ];
  return (
    <Stack>
      {recipientAddresses.length > 0 && <Recipients lists={lists} fresh={fresh} />}
      {settings.map(({ name, value }) => (
        <section key={name}>
          <Title order={2} size="h5">
            <ShownText text={name} />
          </Title>
          <Written text={value} />
        </section>
      ))}
    </Stack>
  );
}
