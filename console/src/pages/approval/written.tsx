import { ShownText } from '../../text/shown-text.js';
import classes from './approval.module.css';

/** A text of several lines, as it is written. */
export function Written({ text }: { text: string }) {
  return (
    <pre dir="auto" className={classes.written}>
      <ShownText text={text} />
    </pre>
  );
}
