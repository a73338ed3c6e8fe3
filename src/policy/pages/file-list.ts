import { html, type Markup } from '../../pages/index.js';
import type { ActFile } from '../acts/outbound-act.js';
import { counted } from './recipient-lists.js';
import { shownText } from './shown-text.js';

const origins = {
  conversation: 'from this conversation',
  other_mail: 'from other mail of this mailbox',
  upload: 'given by the assistant',
} as const satisfies Record<ActFile['origin'], string>;

/** The files that go along, and where they come from. */
export function fileList(files: readonly ActFile[]): Markup {
  if (files.length === 0) return html``;
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return html`<h2>Files</h2>
    <p>${counted(files.length, 'file')}, ${sizeText(total)} in all.</p>
    <ul>
      ${files.map(
        ({ name, mimeType, sizeBytes, origin }) =>
          html`<li>
            <bdi><strong>${shownText(name)}</strong></bdi
            >: <bdi>${shownText(mimeType)}</bdi>, ${sizeText(sizeBytes)},
            ${origin === 'conversation' ? origins[origin] : html`<mark>${origins[origin]}</mark>`}
          </li>`,
      )}
    </ul>`;
}

const bytesPerUnit = 1024;

/** In the units that mail programs show, powers of 1024. */
function sizeText(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  let [size, unit] = [bytes, 0];
  while (size >= bytesPerUnit && unit < units.length - 1) {
    size /= bytesPerUnit;
    unit += 1;
  }
  return `${unit === 0 ? String(size) : size.toFixed(size < 10 ? 1 : 0)} ${units[unit] ?? ''}`;
}
