import { words } from '../../words.js';
import { FigureCard, FigureTable } from './figure-card.js';
import { bucketStart, count } from './figure-format.js';
import type { CountCourse, FigureWindow } from './figures-query.js';

const texts = words.numbers;

/** How often people were asked to sign in again. */
export function ReauthenticationFigure({
  course: { total, series },
  window,
}: {
  course: CountCourse;
  window: FigureWindow;
}) {
  const { title, hint, counted, none, times } = texts.reauthentications;
  const most = Math.max(1, ...series.map((bucket) => bucket.count));
  const loud = series.filter((bucket) => bucket.count > 0);
  return (
    <FigureCard
      title={title}
      hint={hint}
      window={window}
      total={total.count === 0 ? none : count(total.count)}
      beneath={texts.last[window]}
      bars={series.map((bucket) => ({
        key: bucket.at,
        parts: bucket.count === 0 ? null : { good: 0, bad: bucket.count / most },
        label: texts.bucket(
          bucketStart(bucket.at, window),
          bucket.count === 0 ? texts.nothing : times(bucket.count),
        ),
      }))}
    >
      <FigureTable
        head={[texts.from, counted]}
        rows={loud.map((bucket) => [bucketStart(bucket.at, window), count(bucket.count)])}
        quiet={series.length - loud.length}
      />
    </FigureCard>
  );
}
