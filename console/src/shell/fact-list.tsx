import { Fragment, type ReactNode } from 'react';
import classes from './fact-list.module.css';

/** Terms and what is told of each. */
export function FactList({ facts }: { facts: readonly (readonly [term: string, told: ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([term, told]) => (
        <Fragment key={term}>
          <dt>{term}</dt>
          <dd>{told}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
