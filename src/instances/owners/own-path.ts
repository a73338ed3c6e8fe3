/**
 * Checks that a path leads to a page of ours and nowhere else, however a browser reads it (URL Standard, section 4.4: a
 * backslash counts as a slash, tabs and line breaks as nothing).
 * @throws RangeError otherwise; people do not choose these paths, so it is a fault of ours
 */
export function ownPath(path: string): string {
  const origin = 'http://own.invalid';
  const url = URL.canParse(path, origin) ? new URL(path, origin) : null;
  const read = url === null ? '' : url.pathname + url.search;
  if (url?.origin !== origin || read !== path || path.startsWith('//'))
    throw new RangeError('A sign-in may lead to a path of our own only');
  return path;
}
