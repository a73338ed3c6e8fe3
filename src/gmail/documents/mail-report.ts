import { oneLine } from './one-line.js';

const mostRecipients = 20;
const mostGroups = 200;
/** Headers of a report that a person wants to know of the mail that it is about. */
const originalHeaders = ['subject', 'to', 'date', 'message-id'];

/** A group of fields of a report, by their names in lower case. */
export type Fields = ReadonlyMap<string, string>;

/** What a report says of a mail that was sent: delivered or not (RFC 3464), read (RFC 8098), or complained of (RFC 5965). */
export function reportText(mimeType: string, groups: readonly Fields[]): string {
  if (mimeType.endsWith('delivery-status')) return deliveryText(groups);
  const fields = groups[0] ?? new Map<string, string>();
  if (mimeType.endsWith('disposition-notification')) return receiptText(fields);
  if (mimeType === 'message/feedback-report') return complaintText(fields);
  const said = originalHeaders
    .filter((name) => fields.has(name))
    .map((name) => `${name}: ${valueOf(fields, name)}`);
  return said.length === 0 ? '' : ['[The mail that this is about]', ...said].join('\n');
}

/** The groups of fields in a text, which empty lines separate. */
export function fieldGroups(text: string): Fields[] {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n{2,}/, mostGroups)
    .map((group) => fieldsOf(group))
    .filter(({ size }) => size > 0);
}

function fieldsOf(group: string): Fields {
  const fields = new Map<string, string>();
  let name = '';
  for (const line of group.split('\n')) {
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line)) fields.set(name, `${fields.get(name) ?? ''} ${line.trim()}`);
    else if (colon > 0) {
      name = line.slice(0, colon).trim().toLowerCase();
      if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
    }
  }
  fields.delete('');
  return fields;
}

function valueOf(fields: Fields, name: string): string {
  return oneLine(fields.get(name) ?? '');
}

/** Without the type before the semicolon: `rfc822; ada@example.com`. */
function untyped(value: string): string {
  return value.replace(/^[\w-]+\s*;\s*/, '');
}

function deliveryText(groups: readonly Fields[]): string {
  const recipients = groups.filter((group) => group.has('action') || group.has('final-recipient'));
  if (recipients.length === 0) return '';
  const lines = recipients.slice(0, mostRecipients).map((group) => {
    const recipient = untyped(valueOf(group, 'original-recipient') || valueOf(group, 'final-recipient'));
    const status = valueOf(group, 'status');
    const why = untyped(valueOf(group, 'diagnostic-code'));
    const until = valueOf(group, 'will-retry-until');
    const said = [valueOf(group, 'action'), status, why].filter((each) => each !== '').join(', ');
    return `${recipient}: ${said}${until === '' ? '' : `; will be tried until ${until}`}`;
  });
  const left = recipients.length - lines.length;
  return ['[Delivery report]', ...lines, ...(left > 0 ? [`${left} more recipients`] : [])].join('\n');
}

function receiptText(fields: Fields): string {
  const disposition = valueOf(fields, 'disposition').split(';').at(-1)?.trim() ?? '';
  if (disposition === '') return '';
  const reader = untyped(valueOf(fields, 'final-recipient'));
  const about = valueOf(fields, 'original-message-id');
  return ['[Read report]', `${reader}: ${disposition}`, ...(about === '' ? [] : [`Mail: ${about}`])].join(
    '\n',
  );
}

function complaintText(fields: Fields): string {
  const kind = valueOf(fields, 'feedback-type');
  const from = valueOf(fields, 'original-rcpt-to') || valueOf(fields, 'source-ip');
  return kind === '' ? '' : `[Complaint about a mail]\n${kind}${from === '' ? '' : `: ${from}`}`;
}
