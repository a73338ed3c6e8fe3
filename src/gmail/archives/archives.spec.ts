import { describe, expect, it } from '@jest/globals';
import { DocumentText, TextFull } from './document-text.js';
import { Unreadable } from './unreadable.js';
import { readXml, type XmlHandler } from './xml-events.js';
import { mostUnpackedBytes, ZipArchive } from './zip-archive.js';
import { zipOf } from './zip.fixture.js';

async function contentOf(bytes: Buffer, name = 'a'): Promise<string> {
  const zip = await ZipArchive.open(bytes);
  let text = '';
  for await (const chunk of zip.bytesOf(name)) text += chunk.toString();
  return text;
}

async function reasonOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'read',
    (failure: unknown) => (failure instanceof Unreadable ? failure.reason : String(failure)),
  );
}

const megabyte = Buffer.alloc(1024 * 1024);

describe('an archive', () => {
  it('gives its entries, the first of a name, and nothing of others', async () => {
    const bytes = zipOf([
      { name: 'a', content: 'Grüße' },
      { name: 'a', content: 'second' },
    ]);
    expect(await contentOf(bytes)).toBe('Grüße');
    expect(await contentOf(bytes, 'b')).toBe('');
  });

  it.each([
    ['encrypted', zipOf([{ name: 'a', content: 'x', isEncrypted: true }])],
    ['damaged', zipOf([{ name: 'a', content: megabyte, claimedSize: 10 }])],
    ['damaged', zipOf([{ name: 'a', content: 'x', claimedSize: 4_000_000_000 }])],
    ['damaged', zipOf([{ name: '../../a', content: 'x' }])],
    ['damaged', zipOf([{ name: 'a', content: 'x' }]).subarray(0, -30)],
    ['damaged', Buffer.from('PK\x03\x04 and no more')],
    ['damaged', damagedContent()],
    ['too_large', zipOf(Array.from({ length: 10_001 }, (_, at) => ({ name: String(at), content: '' })))],
  ])('is %s, case %#', async (reason, bytes) => {
    expect(await reasonOf(contentOf(bytes))).toBe(reason);
  });

  it('is unpacked no further than a bound, over all of its entries', async () => {
    const content = Buffer.alloc(mostUnpackedBytes / 2 + 1);
    const bytes = zipOf([
      { name: 'a', content },
      { name: 'b', content },
    ]);
    expect(bytes.length).toBeLessThan(200_000);
    const zip = await ZipArchive.open(bytes);
    let unpacked = 0;
    const read = async (name: string): Promise<void> => {
      for await (const chunk of zip.bytesOf(name)) unpacked += chunk.length;
    };
    await read('a');
    expect(await reasonOf(read('b'))).toBe('too_large');
    expect(unpacked).toBeLessThanOrEqual(mostUnpackedBytes);
  });
});

function damagedContent(): Buffer {
  const bytes = zipOf([{ name: 'a', content: 'some text that is packed, some text' }]);
  return bytes.fill(0xff, 32, 44);
}

/** One chunk for each byte: nothing may lie across chunks. */
async function* bytewise(text: string): AsyncGenerator<Buffer, void, undefined> {
  for (const byte of Buffer.from(text)) yield await Promise.resolve(Buffer.from([byte]));
}

async function eventsOf(xml: string, handler: XmlHandler = {}): Promise<string> {
  let events = '';
  await readXml(bytewise(xml), {
    open: (name, attributes) => {
      events += `<${name}${Object.entries(attributes)
        .map(([key, value]) => ` ${key}=${value}`)
        .join('')}>`;
    },
    text: (text) => {
      events += text;
    },
    close: (name) => {
      events += `</${name}>`;
    },
    ...handler,
  });
  return events;
}

describe('an XML file', () => {
  it('is read as it comes, without prefixes', async () => {
    const xml = '<?xml version="1.0"?><a:b c:d="e &amp; f"><g/>ü <![CDATA[<h>]]></a:b>';
    expect(await eventsOf(xml)).toBe('<b c:d=e & f><g></g>ü <h></b>');
  });

  it('is read without what a handler skips, however deep', async () => {
    const skipped = new Set(['no']);
    expect(await eventsOf('<a><no>1<b>2<no>3</no></b></no>4</a>', { skipped })).toBe('<a>4</a>');
  });

  it('expands no entities of its own, and fetches none', async () => {
    const bomb =
      '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;">' +
      '<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&y;&e;</a>';
    expect(await eventsOf(bomb)).toContain('<a>&y;&e;</a>');
  });

  it.each([
    ['elements in each other', '<a>'.repeat(2_001)],
    ['attributes', `<a ${Array.from({ length: 10_001 }, (_, at) => `b${at}=""`).join(' ')}>`],
  ])('with too many %s is damaged', async (_what, xml) => {
    expect(await reasonOf(eventsOf(xml))).toBe('damaged');
  });

  it.each(['<', '<a b="', '<!--'])('with an endless %s is damaged', async (start) => {
    const chunks = async function* (): AsyncGenerator<Buffer, void, undefined> {
      yield await Promise.resolve(Buffer.from(start));
      for (let each = 0; each < 10; each += 1) yield Buffer.alloc(1024 * 1024, 'a');
    };
    expect(await reasonOf(readXml(chunks(), {}))).toBe('damaged');
  });
});

describe('the text of a document', () => {
  it('ends at its bound, with what came before', () => {
    const text = new DocumentText(10);
    text.write('12345');
    text.endLine();
    expect(() => text.write('678901')).toThrow(TextFull);
    expect(text.text()).toBe('12345');
  });

  it('counts empty lines and cells, too', () => {
    expect(() => {
      const text = new DocumentText(100);
      for (let each = 0; each < 101; each += 1) text.endLine();
    }).toThrow(TextFull);
    expect(() => {
      const text = new DocumentText(100);
      text.openTable();
      for (let each = 0; each < 3; each += 1) text.closeCell(1_000_000);
    }).toThrow(TextFull);
  });
});
