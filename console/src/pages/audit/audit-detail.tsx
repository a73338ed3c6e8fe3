import { Code, Drawer, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { InstanceName } from '../../instances/instance-name.js';
import { FactList } from '../../shell/fact-list.js';
import { ShownText } from '../../text/shown-text.js';
import { When } from '../../text/when.js';
import { words } from '../../words.js';
import { eventName, reference } from './audit-names.js';
import type { AuditEvent } from './audit-query.js';
import classes from './audit-rows.module.css';

const { audit: said } = words;

interface AuditDetailProps {
  event: AuditEvent | null;
  onClose: () => void;
}

/** All that is kept of an event. */
export function AuditDetail({ event, onClose }: AuditDetailProps) {
  return (
    <Drawer
      opened={event !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={event && eventName(event)}
      closeButtonProps={{ 'aria-label': said.close }}
    >
      {event && (
        <Stack>
          <FactList facts={factsOf(event)} />
          <Text fw={600} size="sm">
            {said.facts.details}
          </Text>
          <Code block className={classes.details}>
            <ShownText text={JSON.stringify(event.details, null, 2)} />
          </Code>
        </Stack>
      )}
    </Drawer>
  );
}

function factsOf(event: AuditEvent): [string, ReactNode][] {
  const { instanceId, subject } = event;
  const { facts } = said;
  return [
    [facts.event, <Code key="event">{event.event}</Code>],
    [facts.at, <When key="at" at={event.at} />],
    [facts.actor, <ShownText key="actor" text={reference(event.actor)} />],
    ...(subject === null
      ? []
      : [
          [facts.subject, <ShownText key="subject" text={reference(subject)} />] satisfies [
            string,
            ReactNode,
          ],
        ]),
    ...(instanceId === null
      ? []
      : [
          [facts.instance, <InstanceName key="instance" id={instanceId} isLink />] satisfies [
            string,
            ReactNode,
          ],
        ]),
    [facts.sequence, String(event.sequence)],
    [facts.hash, <Code key="hash">{event.hash}</Code>],
    [facts.previousHash, <Code key="before">{event.previousHash}</Code>],
    [facts.seal, <Code key="seal">{event.seal}</Code>],
  ];
}
