import { Group, Text } from '@mantine/core';
import classes from './bars.module.css';

/** One bucket: how much of its height is good and bad, in parts of 1; null where nothing happened. */
export interface Bar {
  key: string;
  parts: { good: number; bad: number } | null;
  /** Under the pointer. */
  label: string;
}

const height = 100;
const step = 10;
const width = 7;
/** What is bad is seen, however little it is. */
const leastSeen = 6;
const quietHeight = 3;

interface BarsProps {
  bars: readonly Bar[];
  /** For those who do not see the picture. */
  label: string;
  from: string;
  to: string;
}

/** A picture of bars, the oldest first, as wide as there is room. */
export function Bars({ bars, label, from, to }: BarsProps) {
  return (
    <div>
      <svg
        role="img"
        aria-label={label}
        className={classes.picture}
        viewBox={`0 0 ${bars.length * step - (step - width)} ${height}`}
        preserveAspectRatio="none"
      >
        {bars.map((bar, index) => (
          <BarShape key={bar.key} bar={bar} x={index * step} />
        ))}
      </svg>
      <Group justify="space-between" aria-hidden>
        <Text size="xs" c="dimmed">
          {from}
        </Text>
        <Text size="xs" c="dimmed">
          {to}
        </Text>
      </Group>
    </div>
  );
}

function BarShape({ bar: { parts, label }, x }: { bar: Bar; x: number }) {
  const bad = parts === null ? 0 : seen(parts.bad);
  const good = parts === null ? 0 : Math.min(parts.good * height, height - bad);
  return (
    <g>
      <title>{label}</title>
      <rect className={classes.room} x={x} y={0} width={width} height={height} />
      {parts === null ? (
        <rect className={classes.quiet} x={x} y={height - quietHeight} width={width} height={quietHeight} />
      ) : (
        <>
          <rect className={classes.good} x={x} y={height - good} width={width} height={good} />
          <rect className={classes.bad} x={x} y={height - good - bad} width={width} height={bad} />
        </>
      )}
    </g>
  );
}

function seen(part: number): number {
  return part === 0 ? 0 : Math.max(part * height, leastSeen);
}
