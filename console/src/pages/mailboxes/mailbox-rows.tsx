import { Box, Group, Loader, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { sinceOrIn } from '../../format.js';
import { nameOf, reasonInWords, StateBadge, type Mailbox } from '../../mailboxes/state-badge.js';
import { words } from '../../words.js';
import classes from './mailbox-rows.module.css';

const rowHeight = 64;
/** Rows above and below what is in sight. */
const overscan = 8;
/** So many rows before the end the next page is asked for. */
const askAheadRows = 60;

interface MailboxRowsProps {
  list: {
    mailboxes: Mailbox[];
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
}

/** All rows that there are, of which those in sight are drawn. */
export function MailboxRows({ list }: MailboxRowsProps) {
  const { mailboxes, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: mailboxes.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan,
  });
  const drawn = rows.getVirtualItems();
  const last = drawn.at(-1)?.index ?? 0;
  const wantsMore = hasNextPage && !isFetchingNextPage && last > mailboxes.length - askAheadRows;
  useEffect(() => {
    if (wantsMore) fetchNextPage();
  }, [wantsMore, fetchNextPage]);
  return (
    <div>
      <div className={classes.head} aria-hidden>
        <span>{words.mailboxes.columns.name}</span>
        <span>{words.mailboxes.columns.state}</span>
        <span className={classes.wide}>{words.mailboxes.columns.refreshed}</span>
      </div>
      <div ref={frame} className={classes.frame} tabIndex={-1}>
        <div
          role="list"
          aria-label={words.mailboxes.title}
          style={{ height: rows.getTotalSize() }}
          className={classes.rows}
        >
          {drawn.map(({ index, key, start }) => {
            const mailbox = mailboxes[index];
            return mailbox && <Row key={key} mailbox={mailbox} start={start} />;
          })}
        </div>
      </div>
      <Box h={24} role="status">
        {isFetchingNextPage && (
          <Group gap="xs">
            <Loader size="xs" />
            <Text size="xs" c="dimmed">
              {words.mailboxes.loadingMore}
            </Text>
          </Group>
        )}
      </Box>
    </div>
  );
}

const Row = memo(function Row({ mailbox, start }: { mailbox: Mailbox; start: number }) {
  const { id, name, email, state, lastRefreshedAt } = mailbox;
  const second = reasonInWords(mailbox) ?? (email === null ? '' : name);
  return (
    <div role="listitem" className={classes.row} style={{ transform: `translateY(${start}px)` }}>
      <Link href={`/mailboxes/${id}`} className={classes.link}>
        <span className={classes.names}>
          <span className={classes.name}>{nameOf(mailbox)}</span>
          <span className={classes.second}>{second}</span>
        </span>
        <StateBadge state={state} />
        <span className={classes.wide}>
          {lastRefreshedAt === null ? words.mailboxes.never : sinceOrIn(lastRefreshedAt)}
        </span>
      </Link>
    </div>
  );
});
