import { useHotkeys } from '@mantine/hooks';
import { useRef } from 'react';
import { Link } from 'wouter';
import { StatusBadge } from '../../approvals/status-badge.js';
import type { ApprovalEntry } from '../../approvals/approval-queries.js';
import { InstanceName } from '../../instances/instance-name.js';
import { When } from '../../text/when.js';
import { words } from '../../words.js';
import classes from './approval-rows.module.css';

/** The list; j and k, or the arrows within it, go from one to the next. */
export function ApprovalRows({ approvals }: { approvals: ApprovalEntry[] }) {
  const list = useRef<HTMLUListElement>(null);
  const go = (step: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const here = links.findIndex((link) => link === document.activeElement);
    links[here < 0 ? 0 : here + step]?.focus();
  };
  useHotkeys([
    ['j', () => go(1)],
    ['k', () => go(-1)],
  ]);
  return (
    <ul
      ref={list}
      className={classes.list}
      aria-label={words.approvals.title}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        go(event.key === 'ArrowDown' ? 1 : -1);
      }}
    >
      {approvals.map((approval) => (
        <li key={approval.id}>
          <Row approval={approval} />
        </li>
      ))}
    </ul>
  );
}

function Row({ approval }: { approval: ApprovalEntry }) {
  const { id, instanceId, kind, recipients, status, createdAt, expiresAt, decidedAt } = approval;
  return (
    <Link href={`/approvals/${id}`} className={classes.link}>
      <span className={classes.kind}>{words.approvals.kinds[kind]}</span>
      <StatusBadge approval={approval} />
      <span className={classes.second}>
        {words.approvals.recipients(recipients)} · <InstanceName id={instanceId} />
      </span>
      <span className={classes.times}>
        {words.approvals.asked} <When at={createdAt} />
        {status === 'pending' && (
          <>
            {' '}
            · {words.approvals.until} <When at={expiresAt} />
          </>
        )}
        {decidedAt !== null && (
          <>
            {' '}
            · {words.approvals.decided} <When at={decidedAt} />
          </>
        )}
      </span>
    </Link>
  );
}
