import { Mark, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Approval } from '../../approvals/approval-queries.js';
import { ShownAddress } from '../../text/shown-address.js';
import { ShownText } from '../../text/shown-text.js';
import { words } from '../../words.js';
import classes from './approval.module.css';
import { Files } from './files.js';
import { Formatted } from './formatted.js';
import { Recipients } from './recipients.js';
import { Written } from './written.js';

const { mail } = words.approvals;

type MailMessage = NonNullable<Approval['message']>;

/** A mail, word for word. */
export function Message({ message, fresh }: { message: MailMessage; fresh: ReadonlySet<string> }) {
  const { from, to, cc, bcc, replyTo, subject, text, files } = message;
  const lists = [
    { heading: mail.to, recipients: to },
    { heading: mail.cc, recipients: cc },
    { heading: mail.bcc, recipients: bcc },
  ];
  return (
    <Stack>
      <Part heading={mail.from}>
        <Text size="sm">{from === null ? mail.ownAddress : <ShownAddress {...from} />}</Text>
      </Part>
      {replyTo.length > 0 && (
        <Part heading={mail.replyTo}>
          <ul className={classes.list}>
            {replyTo.map((each, index) => (
              <li key={index}>
                <Mark>
                  <ShownAddress {...each} />
                </Mark>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Recipients lists={lists} fresh={fresh} />
      <Part heading={mail.subject}>
        <Text dir="auto">{subject === '' ? mail.none : <ShownText text={subject} />}</Text>
      </Part>
      <Part heading={mail.text}>
        {text === '' ? <Text size="sm">{mail.none}</Text> : <Written text={text} />}
      </Part>
      <Formatted message={message} />
      <Files files={files} />
      <Surroundings message={message} />
    </Stack>
  );
}

/** To which conversation it belongs, and what else stands in its headers. */
function Surroundings({ message: { threadId, inReplyTo, language, headers } }: { message: MailMessage }) {
  return (
    <>
      <Part heading={mail.conversation}>
        <Text size="sm">
          {threadId === null ? mail.newConversation : mail.goesOn}
          {inReplyTo !== null && (
            <>
              {' '}
              {mail.answers} <ShownText text={inReplyTo} />.
            </>
          )}
        </Text>
        {language !== null && (
          <Text size="sm">
            {mail.language} <ShownText text={language} />.
          </Text>
        )}
      </Part>
      {headers.length > 0 && (
        <Part heading={mail.headers}>
          <ul className={classes.list}>
            {headers.map(({ name, value }, index) => (
              <li key={index}>
                <ShownText text={`${name}: ${value}`} />
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

function Part({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2} size="h5">
        {heading}
      </Title>
      {children}
    </section>
  );
}
