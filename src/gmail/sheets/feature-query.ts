import { conditionHolds } from './condition.js';
import { isValidDeclaration } from '../declarations/declaration-validity.js';
import { lexer } from 'css-tree';

const foreignProperty = /^-(?:ms|moz|o|khtml)-|^mso-/;

/** Whether a condition of `@supports` holds in a browser (CSS Conditional Rules 4, section 2). */
export function isSupported(condition: string): boolean {
  return conditionHolds(condition.replaceAll(/\/\*.*?\*\//gs, ' '), (feature) => {
    const [, selector] = /^selector\((.*)\)$/is.exec(feature) ?? [];
    if (selector !== undefined) return !/:-moz-|::-moz-/i.test(selector);
    const [, name = '', value = ''] = /^([\w-]+)\s*:([^]*)$/.exec(feature) ?? [];
    if (name === '') return null;
    const property = name.toLowerCase();
    if (property.startsWith('--')) return true;
    if (foreignProperty.test(property)) return false;
    if (lexer.getProperty(property) === null) return false;
    return isValidDeclaration(property, value.trim().toLowerCase(), false);
  });
}
