import { Mark, Text, Title } from '@mantine/core';
import type { Approval } from '../../approvals/approval-queries.js';
import { ShownText } from '../../text/shown-text.js';
import { words } from '../../words.js';
import classes from './approval.module.css';

const { files: said } = words.approvals;

/** The files that go along, and where they come from. */
export function Files({ files }: { files: NonNullable<Approval['message']>['files'] }) {
  if (files.length === 0) return null;
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    <section>
      <Title order={2} size="h5">
        {said.heading}
      </Title>
      <Text size="sm">{said.inAll(files.length, sizeText(total))}</Text>
      <ul className={classes.list}>
        {files.map(({ name, mimeType, sizeBytes, sha256, origin }, index) => (
          <li key={index}>
            <strong>
              <ShownText text={name} />
            </strong>
            , <ShownText text={mimeType} />, {sizeText(sizeBytes)},{' '}
            {origin === 'conversation' ? said.origins[origin] : <Mark>{said.origins[origin]}</Mark>}
            <div className={classes.hash}>SHA-256 {sha256}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

const bytesPerUnit = 1024;

/** In the units that mail programs show, powers of 1024. */
function sizeText(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  let [size, unit] = [bytes, 0];
  while (size >= bytesPerUnit && unit < units.length - 1) {
    size /= bytesPerUnit;
    unit += 1;
  }
  return `${unit === 0 ? String(size) : size.toFixed(size < 10 ? 1 : 0)} ${units[unit] ?? ''}`;
}
