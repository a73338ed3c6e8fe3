import { expect, it } from '@jest/globals';
import { withoutEncodedFiles } from './encoded-files.js';

it.each([
  [
    'a file',
    'a\nbegin 644 x.txt\n#86)C\n#86)C\n`\nend\nb',
    'a\n[A file that is encoded in the text is left out: x.txt]\nb',
  ],
  ['one that is never closed', 'begin 644 x.txt\n#86)C\nb', 'begin 644 x.txt\n#86)C\nb'],
  ['the beginning of one at the end', 'a\nbegin 644 x.txt', 'a\nbegin 644 x.txt'],
])('a text with %s in it', (_what, text, read) => {
  expect(withoutEncodedFiles(text)).toBe(read);
});

it.each(['begin 644 x', '=ybegin name=x'])('is read in linear time where many lines are "%s"', (line) => {
  const text = `${line}\n`.repeat(80_000);
  const started = performance.now();
  withoutEncodedFiles(text);
  expect(performance.now() - started).toBeLessThan(2_500);
});
