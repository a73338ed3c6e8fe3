import { Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, useState } from 'react';
import type { Pages } from '../../api/pages.js';
import { ShownText } from '../../text/shown-text.js';
import { When } from '../../text/when.js';
import { words } from '../../words.js';
import { AuditDetail } from './audit-detail.js';
import { actorName, eventName } from './audit-names.js';
import type { AuditEvent } from './audit-query.js';
import classes from './audit-rows.module.css';

const { audit: said } = words;

const rowHeight = 60;
const overscan = 8;
/** So many rows before the end the next page is asked for. */
const askAheadRows = 60;

interface AuditRowsProps {
  events: AuditEvent[];
  pages: Pages<AuditEvent>;
}

/** All rows that were asked for, of which those in sight are drawn. */
export function AuditRows({
  events,
  pages: { hasNextPage, isFetchingNextPage, fetchNextPage },
}: AuditRowsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<AuditEvent | null>(null);
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan,
  });
  const drawn = rows.getVirtualItems();
  const last = drawn.at(-1)?.index ?? 0;
  const wantsMore = hasNextPage && !isFetchingNextPage && last > events.length - askAheadRows;
  useEffect(() => {
    if (wantsMore) void fetchNextPage();
  }, [wantsMore, fetchNextPage]);
  return (
    <div>
      <div ref={frame} className={classes.frame} tabIndex={-1}>
        <div
          role="list"
          aria-label={said.title}
          style={{ height: rows.getTotalSize() }}
          className={classes.rows}
        >
          {drawn.map(({ index, start }) => {
            const event = events[index];
            return event && <Row key={event.sequence} event={event} start={start} onOpen={setOpened} />;
          })}
        </div>
      </div>
      <Text size="xs" c="dimmed" role="status" mt="xs">
        {isFetchingNextPage ? said.loadingMore : said.loaded(events.length)}
      </Text>
      <AuditDetail event={opened} onClose={() => setOpened(null)} />
    </div>
  );
}

interface RowProps {
  event: AuditEvent;
  start: number;
  onOpen: (event: AuditEvent) => void;
}

const Row = memo(function Row({ event, start, onOpen }: RowProps) {
  return (
    <div role="listitem" className={classes.row} style={{ transform: `translateY(${start}px)` }}>
      <button type="button" className={classes.button} aria-haspopup="dialog" onClick={() => onOpen(event)}>
        <span className={classes.name}>{eventName(event)}</span>
        <span className={classes.second}>
          <ShownText text={actorName(event)} />
        </span>
        <span className={classes.time}>
          <When at={event.at} />
        </span>
      </button>
    </div>
  );
});
