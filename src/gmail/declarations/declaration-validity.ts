import { lexer } from 'css-tree';
import { cssColour } from './colours.js';

const plainLength = /^(?:0|-?(?:\d+(?:\.\d+)?|\.\d+)(?:px|em|rem|pt|%))$/;
const plainLengths = /^(?:(?:0|(?:\d+(?:\.\d+)?|\.\d+)(?:px|em|rem|pt|%))(?: (?!$)|$)){1,4}$/;
const takesLength =
  /^(?:(?:max-|min-)?(?:height|width)|(?:margin|padding)-[a-z]+|top|right|bottom|left|text-indent|font-size)$/;
const neverNegative = /^(?:(?:max-|min-)?(?:height|width)|padding(?:-[a-z]+)?|font-size)$/;
const plainDisplay = /^(?:none|block|inline|inline-block|table|table-cell|table-row|flex|list-item)$/;
/** Numbers without a unit count as pixels there (Quirks Mode Standard, section 3.4). */
const takesUnitless =
  /^(?:(?:max-|min-)?(?:height|width)|(?:margin|padding)(?:-[a-z]+)?|top|right|bottom|left|text-indent|font-size|clip)$/;
/** Of other browsers, or of Word. */
const foreign = /(?:^|[\s,(])-(?:ms|moz|o|khtml)-|^mso-/;
/** css-tree's grammar asks for a `/`, and knows nothing of what browsers keep for old mail. */
const oldColour = /^(?:color|fill|background-color|-webkit-text-fill-color)$/;
const wideKeyword = /^(?:inherit|initial|unset|revert|revert-layer)$/;

/** Whether a browser takes a declaration; one that it does not take leaves what was declared before. */
export function isValidDeclaration(property: string, value: string, quirks: boolean): boolean {
  if (property.startsWith('--')) return true;
  if (value === '' || foreign.test(value)) return false;
  if (neverNegative.test(property) && plainLength.test(value)) return !value.startsWith('-');
  if (wideKeyword.test(value) || /\b(?:var|env)\(/.test(value) || isPlain(property, value)) return true;
  return (
    lexer.matchProperty(property, value).error === null || (quirks && isValidInQuirksMode(property, value))
  );
}

/** What most declarations of mail are, without a look at the grammar. */
function isPlain(property: string, value: string): boolean {
  if (takesLength.test(property)) return plainLength.test(value);
  if (property === 'margin' || property === 'padding') return plainLengths.test(value);
  if (property === 'display') return plainDisplay.test(value);
  return oldColour.test(property) && cssColour(value) !== null;
}

function isValidInQuirksMode(property: string, value: string): boolean {
  if (takesUnitless.test(property)) {
    const withUnits = value.replaceAll(/(^|[\s,(])(-?(?:\d+(?:\.\d+)?|\.\d+))(?=$|[\s,)])/g, '$1$2px');
    return withUnits !== value && isValidDeclaration(property, withUnits, false);
  }
  return (
    (property === 'color' || property === 'background-color') && /^[0-9a-f]{3}(?:[0-9a-f]{3})?$/.test(value)
  );
}
