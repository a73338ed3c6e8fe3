import { Mark, Stack, Text, Title } from '@mantine/core';
import { ShownAddress } from '../../text/shown-address.js';
import { words } from '../../words.js';
import classes from './approval.module.css';

/** As many are read without opening a list. */
const shownAtOnce = 10;

interface Address {
  name: string;
  address: string;
}

interface RecipientsProps {
  lists: { heading: string; recipients: Address[] }[];
  /** Addresses that are new to the mailbox. */
  fresh: ReadonlySet<string>;
}

/** Every recipient, new ones first and marked; what is many behind a line that counts them. */
export function Recipients({ lists, fresh }: RecipientsProps) {
  const filled = lists.filter(({ recipients }) => recipients.length > 0);
  const all = filled.flatMap(({ recipients }) => recipients);
  const newOnes = all.filter(({ address }) => fresh.has(address)).length;
  return (
    <Stack gap="xs">
      <Text size="sm">
        {words.approvals.recipients(all.length)}
        {newOnes > 0 && (
          <>
            , <Mark>{words.approvals.newToMailbox(newOnes)}</Mark>
          </>
        )}
      </Text>
      {filled.map(({ heading, recipients }) => (
        <OneList key={heading} heading={heading} recipients={recipients} fresh={fresh} />
      ))}
    </Stack>
  );
}

function OneList({
  heading,
  recipients,
  fresh,
}: RecipientsProps['lists'][number] & Pick<RecipientsProps, 'fresh'>) {
  const isNew = ({ address }: Address) => fresh.has(address);
  const ordered = [...recipients.filter(isNew), ...recipients.filter((one) => !isNew(one))];
  const rest = ordered.slice(shownAtOnce);
  return (
    <section>
      <Title order={2} size="h5">
        {heading}
      </Title>
      <Items addresses={ordered.slice(0, shownAtOnce)} fresh={fresh} />
      {rest.length > 0 && (
        <details className={classes.details}>
          <summary>{words.approvals.moreRecipients(heading, rest.length)}</summary>
          <Items addresses={rest} fresh={fresh} />
        </details>
      )}
    </section>
  );
}

function Items({ addresses, fresh }: { addresses: Address[]; fresh: ReadonlySet<string> }) {
  return (
    <ul className={classes.list}>
      {addresses.map(({ name, address }, index) => (
        <li key={index}>
          <ShownAddress name={name} address={address} />
          {fresh.has(address) && (
            <>
              {' '}
              <Mark>{words.approvals.new}</Mark>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
