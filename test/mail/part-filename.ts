import { decodeWords } from 'postal-mime';

/** The name that Gmail gives a part: of RFC 2231's form before the plain one, of the disposition before the type. */
export function partFilename(disposition: string, contentType: string): string {
  const written =
    continued(disposition, 'filename') ||
    parameter(disposition, 'filename') ||
    continued(contentType, 'name') ||
    parameter(contentType, 'name');
  return decodeWords(written);
}

/** A parameter's value, with or without quotes. */
export function parameter(value: string, name: string): string {
  const found = new RegExp(`[;\\s]${name}\\s*=\\s*(?:"((?:\\\\.|[^"\\\\])*)"|([^;\\s]+))`, 'i').exec(value);
  return found?.[1]?.replaceAll(/\\(.)/g, '$1') ?? found?.[2] ?? '';
}

const pieces = /;\s*([a-z]+)\*(\d{1,3})?(\*)?\s*=\s*(?:"([^"]*)"|([^;\s]+))/gi;

/** In pieces, percent-encoded or not (RFC 2231, sections 3 and 4). */
function continued(value: string, name: string): string {
  const found = [...value.matchAll(pieces)]
    .filter(([, own = '']) => own.toLowerCase() === name)
    .map(([, , index, star, quoted, bare = '']) => ({
      index: Number(index ?? 0),
      isEncoded: star !== undefined || index === undefined,
      text: quoted ?? bare,
    }))
    .toSorted((one, other) => one.index - other.index);
  const label = /^([^']*)'[^']*'/.exec(found[0]?.text ?? '');
  const bytes = found.map(({ isEncoded, text }, at) => {
    const content = at === 0 && isEncoded && label !== null ? text.slice(label[0].length) : text;
    return isEncoded ? percentDecoded(content) : Buffer.from(content);
  });
  return decoderOf(label?.[1] ?? '').decode(Buffer.concat(bytes));
}

function percentDecoded(text: string): Buffer {
  const bytes = Buffer.from(text).toString('latin1');
  const plain = bytes.replaceAll(/%([0-9A-F]{2})/gi, (_match, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
