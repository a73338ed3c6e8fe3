import { type CssNode, parse, type ParseOptions } from 'css-tree';
import type { WorkBudget } from '../tree/work-budget.js';

/** For every fault css-tree divides its whole source into lines, to show where it is: so many characters a step. */
const charsOfStep = 40;
const stepsOfFault = 20;

class WorkUsedUp extends Error {}

/** A style sheet or its like, faults passed over as browsers do; null where it has more of them than the budget allows. */
export function parsedCss(
  source: string,
  budget: WorkBudget,
  options: Omit<ParseOptions, 'onParseError'>,
): CssNode | null {
  const steps = stepsOfFault + Math.ceil(source.length / charsOfStep);
  const onParseError = (): void => {
    if (!budget.spend(steps)) throw new WorkUsedUp();
  };
  try {
    return parse(source, { ...options, onParseError });
  } catch (failure) {
    if (!(failure instanceof WorkUsedUp)) throw failure;
    return null;
  }
}
