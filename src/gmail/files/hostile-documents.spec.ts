import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { zipOf } from '../archives/zip.fixture.js';
import { Unreadable } from '../archives/unreadable.js';
import { defaultGmailLimits, GmailOptions } from '../client/gmail-options.js';
import { docx, paragraph, xlsx } from '../formats/office.fixture.js';
import { at, packedStream, pdf, pdfOf, stream } from '../formats/pdf.fixture.js';
import { DocumentReader } from './document-reader.js';

let documents: DocumentReader;

function start(documentTimeoutMs = 60_000): void {
  documents = new DocumentReader(
    new GmailOptions('http://127.0.0.1:1', { ...defaultGmailLimits, documentTimeoutMs }),
  );
}

beforeEach(() => {
  Logger.overrideLogger(false);
  start();
});
afterEach(() => documents.onApplicationShutdown());

async function outcomeOf(bytes: Buffer, signal?: AbortSignal): Promise<string> {
  try {
    return await documents.read(new Uint8Array(bytes), signal);
  } catch (failure) {
    if (failure instanceof Unreadable) return failure.reason;
    throw failure;
  }
}

/** What the process takes at most while it does something, beyond what it had, in megabytes. */
async function growthMb(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 10);
  await work().finally(() => clearInterval(look));
  return (most - before) / 1024 ** 2;
}

/** A page whose operators are so many megabytes of spaces, a thousandth of it when packed. */
function pdfBomb(megabytes: number): Buffer {
  const packed = deflateSync(Buffer.alloc(megabytes * 1024 * 1024, ' '));
  return pdfOf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>',
    packedStream(packed),
  ]);
}

const types =
  '<Types><Override PartName="/d.xml" ContentType="x.wordprocessingml.document.main+xml"/></Types>';

/** A Word document of a thousandth of the size that it unpacks to. */
function docxOf(content: string | Buffer): Buffer {
  return zipOf([
    { name: '[Content_Types].xml', content: types },
    { name: 'd.xml', content },
  ]);
}

describe('a hostile document', () => {
  it('that unpacks without end is ended at a bound of memory, and the next is read', async () => {
    const bomb = pdfBomb(400);
    let outcome = '';
    expect(
      await growthMb(async () => {
        outcome = await outcomeOf(bomb);
      }),
    ).toBeLessThan(600);
    expect(outcome).toBe('too_large');
    expect(await outcomeOf(docx(paragraph('Next')))).toBe('Next');
  }, 60_000);

  it('that takes too long is ended, and the next is read', async () => {
    start(2_000);
    expect(await outcomeOf(docxOf('<w:r/>'.repeat(16_000_000)))).toBe('took_too_long');
    expect(await outcomeOf(docx(paragraph('Next')))).toBe('Next');
  }, 30_000);

  it.each([
    [
      'an archive of a thousandth of its size',
      () => docxOf(Buffer.alloc(110 * 1024 * 1024, ' ')),
      'too_large',
    ],
    ['elements in each other without end', () => docxOf('<a>'.repeat(2_000_000)), 'damaged'],
    ['an endless word', () => docxOf(`<w:document><w:p><w:t>${'a'.repeat(20_000_000)}`), /left out\]$/],
    ['an endless name', () => docxOf(`<${'a'.repeat(20_000_000)}>`), 'damaged'],
    [
      'attributes without end',
      () => docxOf(`<a ${Array.from({ length: 200_000 }, (_, at) => `a${at}=""`).join(' ')}>`),
      'damaged',
    ],
    ['entities without end', () => docxOf(`<w:t>${'&amp;'.repeat(3_000_000)}`), /left out\]$/],
    ['texts without end', () => xlsx([], { strings: '<si/>'.repeat(2_000_000) }), 'too_large'],
    ['a text without end', () => xlsx([], { strings: `<si><t>${'a'.repeat(21_000_000)}` }), 'too_large'],
    ['styles without end', () => xlsx([], { styles: `<cellXfs>${'<xf/>'.repeat(200_000)}` }), 'too_large'],
    [
      'a value without end',
      () => xlsx([{ name: 'S', rows: `<row><c><v>${'&amp;'.repeat(3_000_000)}` }]),
      /S/,
    ],
  ])(
    'with %s ends within bounds',
    async (_what, bytesOf, outcome) => {
      const bytes = bytesOf();
      let said = '';
      const growth = await growthMb(async () => {
        said = await outcomeOf(bytes);
      });
      expect(said).toMatch(outcome);
      expect(growth).toBeLessThan(600);
      expect(await outcomeOf(docx(paragraph('Next')))).toBe('Next');
    },
    60_000,
  );

  it('cut off anywhere is read, or said to be damaged', async () => {
    for (const whole of [docx(paragraph('Text')), pdf([{ content: at(50, 700, 'Text') }])]) {
      for (let length = 9; length < whole.length; length += 37)
        expect(await outcomeOf(whole.subarray(0, length))).toMatch(/Text|^(?:damaged|no_text)$/);
    }
  }, 60_000);
});

function micros({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}

describe('a long document', () => {
  it('costs this thread a small part of what reading it costs', async () => {
    const pages = Array.from({ length: 300 }, (_, page) => ({
      content: at(50, 700, `Page ${page} `.repeat(50)),
    }));
    const bytes = pdf(pages, { further: [stream(randomBytes(20_000_000))] });
    expect(bytes.length).toBeGreaterThan(20_000_000);
    const [thread, all] = [process.threadCpuUsage(), process.cpuUsage()];
    expect(await outcomeOf(bytes)).toContain('--- page 300 of 300 ---');
    expect(micros(process.threadCpuUsage(thread)) / micros(process.cpuUsage(all))).toBeLessThan(0.25);
  }, 30_000);

  it('is given up when its caller hangs up', async () => {
    const controller = new AbortController();
    const reading = outcomeOf(pdfBomb(200), controller.signal);
    setTimeout(() => controller.abort(new Error('the client hung up')), 300);
    await expect(reading).rejects.toThrow('the client hung up');
  }, 30_000);
});
