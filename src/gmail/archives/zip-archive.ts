import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { Unreadable } from './unreadable.js';

/** Office files have tens of entries, long presentations hundreds. */
const mostEntries = 10_000;
/** Of all entries that are read, together: more than any document of a person's, and read in seconds. */
export const mostUnpackedBytes = 100 * 1024 * 1024;

/**
 * The entries of a ZIP file, by the name that its directory gives them. They are unpacked as they are read and never
 * held, and no further than a bound: neither their number nor the sizes that the directory tells are believed.
 */
export class ZipArchive {
  private unpackedBytes = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws Unreadable when its directory is damaged or has too many entries */
  static async open(bytes: Buffer): Promise<ZipArchive> {
    const entries = new Map<string, Entry>();
    try {
      const zip = await fromBufferPromise(bytes, { lazyEntries: true });
      for await (const entry of zip.eachEntry()) {
        if (entries.size >= mostEntries) throw new Unreadable('too_large');
        if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
      }
      return new ZipArchive(zip, entries);
    } catch (cause) {
      throw cause instanceof Unreadable ? cause : new Unreadable('damaged', { cause });
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /**
   * The bytes of an entry as they are unpacked; none of one that is not there.
   * @throws Unreadable when it is encrypted or damaged, or when too much has been unpacked
   */
  async *bytesOf(name: string): AsyncGenerator<Buffer, void, undefined> {
    const entry = this.entries.get(name);
    if (entry === undefined) return;
    if (entry.isEncrypted()) throw new Unreadable('encrypted');
    try {
      for await (const chunk of await this.zip.openReadStreamPromise(entry)) {
        this.unpackedBytes += (chunk as Buffer).length;
        if (this.unpackedBytes > mostUnpackedBytes) throw new Unreadable('too_large');
        yield chunk as Buffer;
      }
    } catch (cause) {
      throw cause instanceof Unreadable ? cause : new Unreadable('damaged', { cause });
    }
  }
}
