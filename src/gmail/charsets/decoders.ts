import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';
import { LRUCache } from 'lru-cache';
import { hzText, iso2022CnText, iso2022JpText, iso2022KrText } from './seven-bit-text.js';

export type Decode = (bytes: Uint8Array) => string;

/** Names that mail uses and the WHATWG Encoding Standard does not list, by what they mean there. */
const aliases = new Map(
  Object.entries({
    cp932: 'shift_jis',
    'windows-932': 'shift_jis',
    cp943: 'shift_jis',
    cp949: 'euc-kr',
    uhc: 'euc-kr',
    ms949: 'euc-kr',
    'x-windows-949': 'euc-kr',
    cp936: 'gbk',
    ms936: 'gbk',
    'windows-936': 'gbk',
    'euc-cn': 'gbk',
    cp950: 'big5',
    ms950: 'big5',
    'windows-950': 'big5',
    cp51932: 'euc-jp',
    'euc-jp-ms': 'euc-jp',
    eucjp: 'euc-jp',
    'iso-2022-jp-1': 'iso-2022-jp',
    'iso-2022-jp-2': 'iso-2022-jp',
    'iso-2022-jp-3': 'iso-2022-jp',
    'iso-2022-jp-ms': 'iso-2022-jp',
    cp50220: 'iso-2022-jp',
    cp50221: 'iso-2022-jp',
    cp50222: 'iso-2022-jp',
    cp65001: 'utf-8',
    utf8mb3: 'utf-8',
    utf8mb4: 'utf-8',
    'utf-8-sig': 'utf-8',
    'utf-16-le': 'utf-16le',
    'utf-16-be': 'utf-16be',
    latin: 'windows-1252',
    ansi: 'windows-1252',
    'iso-8559-1': 'windows-1252',
    'win-1250': 'windows-1250',
    'win-1251': 'windows-1251',
    'win-1252': 'windows-1252',
    '8859-1': 'windows-1252',
    'x-ms-cp932': 'shift_jis',
    'x-euc': 'euc-jp',
  }),
);
/** Names of the library's that are not those of mail. */
const libraryNames = new Map(
  Object.entries({
    ...{ 'x-mac-ce': 'maccenteuro', 'x-mac-centraleurroman': 'maccenteuro', 'x-mac-greek': 'macgreek' },
    ...{ 'x-mac-turkish': 'macturkish', 'x-mac-icelandic': 'maciceland', 'x-mac-croatian': 'maccroatian' },
    ...{ 'kz-1048': 'rk1048', ptcp154: 'pt154', cp154: 'pt154', 'utf-8-mac': 'utf-8', 'ucs-2be': 'utf-16be' },
    csunicode11utf7: 'utf-7',
  }),
);
/** `IBM00858`, `windows-cp1251`, `ansi-1251`: a code page by its number. */
const codePage = /^(?:x-)?(?:(?:windows|ms|dos|ansi|ibm|ccsid|cp)[-_]?){1,2}0*(\d{3,5})$/;

/** Where Node's decoder lacks letters that the Encoding Standard has: those of windows-949 and of Hong Kong. */
const completeInLibrary: Readonly<Record<string, string>> = { 'euc-kr': 'cp949', big5: 'big5-hkscs' };
/** What programs write when they do not know. */
const meaningless = new Set([
  '',
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  'default',
  'unknown',
  'unknown-8bit',
  'x-unknown',
  'binary',
  '7bit',
  '8bit',
  'none',
  'x-user-defined',
]);

const sevenBitDecoders: readonly (readonly [label: RegExp, decode: Decode])[] = [
  [/^(?:hz|hz-gb-2312)$/, hzText],
  [/^(?:cs)?iso-?2022-?kr$/, iso2022KrText],
  [/^iso-?2022-?cn(?:-ext)?$/, iso2022CnText],
];

/** None is half as long (RFC 2978, section 2.3). */
const longestLabel = 100;
/** To find that a label names nothing costs most, and the parts of a mail have the same ones. */
const decoders = new LRUCache<string, { decode: Decode | undefined }>({
  max: 200,
  memoMethod: (label) => ({ decode: named(label) }),
});

/** How to decode what a label, in lower case, names; undefined for one that says nothing. */
export function decoderFor(label: string): Decode | undefined {
  return label.length > longestLabel ? undefined : decoders.memo(label).decode;
}

function named(label: string): Decode | undefined {
  if (meaningless.has(label)) return undefined;
  const sevenBit = sevenBitDecoders.find(([pattern]) => pattern.test(label));
  return sevenBit?.[1] ?? byName(label);
}

function byName(label: string): Decode | undefined {
  const tidy = label.replaceAll('_', '-');
  const page = codePage.exec(label)?.[1];
  const byPage = page === undefined ? [] : [`windows-${page}`, `cp${page}`];
  const names = [label, aliases.get(tidy) ?? tidy, tidy.replace(/^(?:x-|cs)/, ''), ...byPage];
  // Each that is none costs an error, and most are the same.
  for (const name of new Set(names)) {
    const decode = standardDecoder(name);
    if (decode !== undefined) return decode;
  }
  return (
    libraryDecoder(libraryNames.get(tidy) ?? label) ??
    (page === undefined ? undefined : libraryDecoder(`cp${page}`))
  );
}

function standardDecoder(label: string): Decode | undefined {
  try {
    const { encoding } = new TextDecoder(label);
    if (encoding === 'iso-2022-jp') return iso2022JpText;
    const complete = completeInLibrary[encoding];
    if (complete !== undefined) return (bytes) => iconv.decode(Buffer.from(bytes), complete);
    // As a stream, since Node 22.19 loses the quotes and the euro sign of windows-1252 when it decodes in one go.
    return (bytes) => {
      const decoder = new TextDecoder(encoding);
      return decoder.decode(bytes, { stream: true }) + decoder.decode();
    };
  } catch {
    return undefined;
  }
}

/** Code pages of DOS and EBCDIC, UTF-7, UTF-32 and the like. */
function libraryDecoder(label: string): Decode | undefined {
  const name = label.replace(/^(?:x-)?unicode-(?:\d-)*utf-7$/, 'utf-7');
  const isText = !/^(?:base64|hex|internal|ucs2|binary)/.test(name);
  if (!isText || !iconv.encodingExists(name)) return undefined;
  return (bytes) => iconv.decode(Buffer.from(bytes), name);
}
