/** What a feature in parentheses says; null for one that is not known. */
type Feature = (feature: string) => boolean | null;

/** A condition as `@media` and `@supports` have it holds brackets in brackets; none of mail has more. */
const deepest = 20;

/**
 * Whether a condition of features in parentheses, `not`, `and` and `or` holds (CSS Conditional Rules 3, section 2). What
 * is not known does not hold, and its opposite neither.
 */
export function conditionHolds(condition: string, feature: Feature): boolean {
  return evaluate(condition, feature, 0) === true;
}

function evaluate(condition: string, feature: Feature, depth: number): boolean | null {
  if (depth > deepest) return null;
  const parts = partsOf(condition);
  const [first = '', second = ''] = parts;
  if (/^not$/i.test(first)) {
    const inner = parts.length === 2 ? operand(second, feature, depth) : null;
    return inner === null ? null : !inner;
  }
  let result = operand(first, feature, depth);
  for (let index = 1; index < parts.length; index += 2) {
    const joined = join(result, parts[index] ?? '', operand(parts[index + 1] ?? '', feature, depth));
    if (joined === undefined) return null;
    result = joined;
  }
  return result;
}

/** Undefined where the word between two operands is none that joins. */
function join(left: boolean | null, word: string, right: boolean | null): boolean | null | undefined {
  switch (word.toLowerCase()) {
    case 'and':
      return left === true ? right : left;
    case 'or':
      return left === true ? true : right;
    default:
      return undefined;
  }
}

function operand(part: string, feature: Feature, depth: number): boolean | null {
  if (!part.startsWith('(')) return part.includes('(') ? feature(part) : null;
  const inner = part.slice(1, -1).trim();
  return /^(?:not\b|\(|[a-z-]+\()/i.test(inner) ? evaluate(inner, feature, depth + 1) : feature(inner);
}

/** Words and brackets, functions with what is in them. */
function partsOf(condition: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  const end = (): void => {
    if (part !== '') parts.push(part);
    part = '';
  };
  for (const char of condition) {
    if (depth === 0 && /\s/.test(char)) {
      end();
      continue;
    }
    if (char === '(') {
      // Both `and (a)` and `and(a)` are written, though a browser reads the latter as a function.
      if (depth === 0 && /^(?:and|or|not)$/i.test(part)) end();
      depth += 1;
    }
    part += char;
    if (char === ')') {
      depth -= 1;
      if (depth === 0) end();
    }
  }
  end();
  return parts;
}
