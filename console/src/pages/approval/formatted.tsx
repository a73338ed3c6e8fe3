import { Alert, Mark, Stack, Text } from '@mantine/core';
import type { Approval } from '../../approvals/approval-queries.js';
import { ShownText } from '../../text/shown-text.js';
import { words } from '../../words.js';
import classes from './approval.module.css';
import { Written } from './written.js';

/** So many targets are named at once. */
const mostTargets = 50;
const { formatted } = words.approvals;

/** The HTML of a mail: what it says as text, and its source; never as a page. */
export function Formatted({ message }: { message: NonNullable<Approval['message']> }) {
  const { html, htmlReading } = message;
  if (html === null || htmlReading === null) return null;
  const { text, saysTheSame, isCut, unnamedTargets } = htmlReading;
  return (
    <Stack gap="xs">
      {unnamedTargets.length > 0 && (
        <Alert color="yellow" title={formatted.targets}>
          <ul className={classes.list}>
            {unnamedTargets.slice(0, mostTargets).map((target) => (
              <li key={target}>
                <ShownText text={target} />
              </li>
            ))}
          </ul>
          {unnamedTargets.length > mostTargets && formatted.moreTargets(unnamedTargets.length - mostTargets)}
        </Alert>
      )}
      <details className={classes.details} open={!saysTheSame}>
        <summary>{saysTheSame ? formatted.same : <Mark>{formatted.differs}</Mark>}</summary>
        <Text size="xs" c="dimmed" mb="xs">
          {formatted.asText}
        </Text>
        <Written text={text} />
        {isCut && <Mark>{formatted.cut}</Mark>}
      </details>
      <details className={classes.details}>
        <summary>{formatted.source}</summary>
        <Written text={html} />
      </details>
    </Stack>
  );
}
