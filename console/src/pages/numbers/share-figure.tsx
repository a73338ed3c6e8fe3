import { words } from '../../words.js';
import type { Bar } from './bars.js';
import { FigureCard, FigureTable } from './figure-card.js';
import { bucketStart, count, percent, shareInWords, type Direction } from './figure-format.js';
import type { FigureWindow, Share, ShareCourse } from './figures-query.js';

const texts = words.numbers;

interface ShareFigureProps {
  name: 'refreshSuccess' | 'oauthServiceAvailability' | 'fallbackUse';
  course: ShareCourse;
  direction: Direction;
  window: FigureWindow;
}

/** How many of how many. */
export function ShareFigure({ name, course: { total, series }, direction, window }: ShareFigureProps) {
  const { title, hint, what, counted, none } = texts[name];
  const loud = series.filter(({ of }) => of > 0);
  return (
    <FigureCard
      title={title}
      hint={hint}
      window={window}
      total={percent(total, direction) ?? none}
      beneath={
        total.share === null ? texts.last[window] : `${shareInWords(total, what)} ${texts.last[window]}`
      }
      bars={series.map((bucket): Bar => ({
        key: bucket.at,
        parts: partsOf(bucket, direction),
        label: texts.bucket(
          bucketStart(bucket.at, window),
          bucket.of === 0 ? texts.nothing : shareInWords(bucket, what),
        ),
      }))}
    >
      <FigureTable
        head={[texts.from, counted, texts.of, texts.share]}
        rows={loud.map((bucket) => [
          bucketStart(bucket.at, window),
          count(bucket.count),
          count(bucket.of),
          percent(bucket, direction) ?? '',
        ])}
        quiet={series.length - loud.length}
      />
    </FigureCard>
  );
}

function partsOf({ share }: Share, direction: Direction): Bar['parts'] {
  if (share === null) return null;
  return direction === 'more-is-better' ? { good: share, bad: 1 - share } : { good: 1 - share, bad: share };
}
