import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import {
  docx,
  openDocument,
  paragraph,
  pptx,
  slideText,
  xlsx,
} from '../../src/gmail/formats/office.fixture.js';
import { at, pdf, pdfOf, stream } from '../../src/gmail/formats/pdf.fixture.js';
import { type AttachedFile, deliverFiles } from '../harness/attached-files.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';

interface File extends AttachedFile {
  /** A line of its text, or why there is none. */
  says: string | { reason: string };
}

const office = 'application/vnd.openxmlformats-officedocument';
const anyBytes = 'application/octet-stream';
const invoice = pdf([
  { content: at(50, 700, 'Invoice 17') },
  { content: at(50, 650, 'Total') + at(400, 650, '1,440.00') },
]);
const calendar = [
  ...['BEGIN:VCALENDAR', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'SUMMARY:Review', 'DTSTART:20260110T090000Z'],
  ...['END:VEVENT', 'END:VCALENDAR'],
].join('\r\n');

const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encryptedDocx = Buffer.concat([
  compound,
  Buffer.alloc(600),
  Buffer.from('EncryptedPackage', 'utf16le'),
]);

const files: readonly File[] = [
  ...file('invoice.pdf', 'application/pdf', invoice, 'Total | 1,440.00'),
  ...file('letter.docx', `${office}.wordprocessingml.document`, docx(paragraph('Dear Ada')), 'Dear Ada'),
  ...file(
    'costs.xlsx',
    anyBytes,
    xlsx([{ name: 'May', rows: `<row>${cell('Rent')}${cell('900')}</row>` }]),
    'Rent | 900',
  ),
  ...file('talk.pptx', anyBytes, pptx([{ body: slideText('Welcome') }]), '--- slide 1 of 1 ---'),
  ...file(
    'text.odt',
    'application/vnd.oasis.opendocument.text',
    openDocument('<office:text><text:p>Hi</text:p></office:text>'),
    'Hi',
  ),
  ...file('event.ics', anyBytes, calendar, 'When: Saturday 10 January 2026, 09:00 UTC'),
  ...file('event', 'application/ics', calendar, 'What: Review'),
  // What they are called is not what they are.
  ...file(
    'page.xls',
    'application/vnd.ms-excel',
    '<html><body><p>Rent: <b>900</b></p></body></html>',
    'Rent: 900',
  ),
  ...file('rows.xls', 'application/vnd.ms-excel', 'Rent\t900', 'Rent\t900'),
  ...file('notes.txt', 'text/plain', invoice, 'Total | 1,440.00'),
  ...file('letter.pdf', 'application/pdf', docx(paragraph('Dear Ada')), 'Dear Ada'),
  ...file('invoice', anyBytes, invoice, 'Invoice 17'),
  ...file('old.doc', 'application/msword', compound, { reason: 'unsupported' }),
  ...file('locked.docx', anyBytes, encryptedDocx, { reason: 'encrypted' }),
  ...file('cut.pdf', 'application/pdf', invoice.subarray(0, 80), { reason: 'damaged' }),
  ...file('cut.docx', anyBytes, docx(paragraph('Dear Ada')).subarray(0, 300), { reason: 'damaged' }),
  ...file('scan.pdf', 'application/pdf', pdf([{ content: '0 0 9 9 re f' }]), { reason: 'no_text' }),
  ...file('files.zip', 'application/zip', docx(paragraph('x')), { reason: 'unsupported' }),
  ...file('huge.docx', anyBytes, docx(' '.repeat(110_000_000)), { reason: 'too_large' }),
  ...file(
    'loop.pdf',
    'application/pdf',
    pdfOf(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[2 0 R]/Count 9>>']),
    { reason: 'damaged' },
  ),
];

function cell(text: string): string {
  return `<c t="inlineStr"><is><t>${text}</t></is></c>`;
}

function file(fileName: string, contentType: string, content: Buffer | string, says: File['says']): File[] {
  return [{ fileName, contentType, bytes: Buffer.from(content), says }];
}

let app: TestApp;
let mailbox: TestMailbox;
let messageId: string;

beforeAll(async () => {
  app = await TestApp.start();
  mailbox = await newMailbox(app);
  messageId = await deliverFiles(app, mailbox.account, files);
});
afterAll(() => app.stop());

describe.each(['auto', 'legacy'] as const)('an agent that reads attachments (%s)', (mode) => {
  let client: Client;
  beforeAll(async () => {
    client = new Client({ name: 'evergrant-tests', version: '1.0.0' }, { versionNegotiation: { mode } });
    const requestInit = { headers: { authorization: `Bearer ${mailbox.mcpToken}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL(mailbox.mcpUrl), { requestInit }));
    await client.listTools();
  });
  afterAll(() => client.close());

  async function read(partId: string, input: object = {}, id = messageId) {
    const result = await client.callTool({
      name: 'get_attachment',
      arguments: { messageId: id, partId, ...input },
    });
    if (result.isError === true) throw new Error(JSON.stringify(result.content));
    const [first] = result.content as { text: string }[];
    return { text: first?.text ?? '', structured: result.structuredContent as Record<string, unknown> };
  }

  it.each(files.map((each, index) => [each.fileName, each, String(index + 1)] as const))(
    'gets the text of %s, or why there is none',
    async (_name, { says }, partId) => {
      const { text, structured } = await read(partId);
      if (typeof says === 'string') {
        expect(text.split('\n')).toContain(says);
        expect(structured).not.toHaveProperty('noText');
      } else {
        expect(structured).toMatchObject({ noText: says });
        expect(text).toMatch(/^\[[\da-f]{8}\] The text could not be read: /m);
      }
    },
  );

  it('turns the pages of a long one, each read anew', async () => {
    const pages = Array.from({ length: 40 }, (_, page) => ({
      content: at(50, 700, `This is page ${page + 1} of a long report.`),
    }));
    const id = await deliverFiles(app, mailbox.account, [
      { fileName: 'long.pdf', contentType: 'application/pdf', bytes: pdf(pages) },
    ]);
    const first = await read('1', { maxChars: 1_000 }, id);
    const { nextOffset } = first.structured.text as { nextOffset: number };
    expect(first.text).toContain('--- page 1 of 40 ---');
    expect(first.text).not.toContain('--- page 40 of 40 ---');
    const second = await read('1', { offset: nextOffset }, id);
    expect(second.text).toContain('--- page 40 of 40 ---');
    expect(second.structured.text).not.toHaveProperty('nextOffset');
  });

  it('keeps no other waiting while twenty megabytes are read', async () => {
    const bytes = pdf([{ content: at(50, 700, 'Long') }], { further: [stream(randomBytes(15_000_000))] });
    const id = await deliverFiles(app, mailbox.account, [
      { fileName: 'long.pdf', contentType: 'application/pdf', bytes },
    ]);
    const order: string[] = [];
    const reading = read('1', {}, id).then(({ text }) => {
      order.push('document');
      return text;
    });
    await client.callTool({ name: 'list_labels', arguments: {} });
    order.push('labels');
    expect(await reading).toContain('Long');
    expect(order).toEqual(['labels', 'document']);
  });
});

describe('the metrics', () => {
  it('tell what became of the files that were to be read', async () => {
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    const count = (outcome: string): number =>
      Number(
        new RegExp(`evergrant_attachment_texts_total\\{outcome="${outcome}"\\} (\\d+)`).exec(metrics)?.[1],
      );
    expect(count('read')).toBeGreaterThan(20);
    for (const outcome of ['encrypted', 'damaged', 'too_large', 'unsupported', 'no_text'])
      expect(count(outcome)).toBeGreaterThan(0);
    expect(count('busy')).toBe(0);
  });

  it('and the log hold nothing of what was read', () => {
    expect(app.log.join('\n')).not.toMatch(/Dear Ada|Invoice 17|1,440/);
  });
});
