import { attribute, prefixed, readXml } from './xml-events.js';
import type { ZipArchive } from './zip-archive.js';

/** A part that another leads to. */
export interface Relationship {
  id: string;
  /** The last word of its type: `worksheet`, `notesSlide`. */
  type: string;
  /** The name of its entry; of something outside of the file, its address, which no entry bears. */
  target: string;
}

/** More parts than this no file of a person's has. */
const mostParts = 10_000;

/** The parts of an Open Packaging file with their content types (ECMA-376, part 2, section 7.2.3), as far as they are told one by one. */
export async function partTypes(zip: ZipArchive): Promise<Map<string, string>> {
  const types = new Map<string, string>();
  await readXml(zip.bytesOf('[Content_Types].xml'), {
    open: (name, attributes) => {
      if (name !== 'Override' || types.size >= mostParts) return;
      types.set((attributes.PartName ?? '').replace(/^\//, ''), (attributes.ContentType ?? '').toLowerCase());
    },
  });
  return types;
}

/** What a part leads to (ECMA-376, part 2, section 6.5), in the order of the file. */
export async function relationshipsOf(zip: ZipArchive, part: string): Promise<Relationship[]> {
  const found: Relationship[] = [];
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  await readXml(zip.bytesOf(`${folder}_rels/${part.slice(folder.length)}.rels`), {
    open: (name, { Id: id = '', Type: type = '', Target: target = '' }) => {
      if (name !== 'Relationship' || found.length >= mostParts) return;
      found.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: entryName(folder, target) });
    },
  });
  return found;
}

/** Something that a list of a workbook or presentation names. */
export interface ListedPart {
  name: string;
  isHidden: boolean;
  target: string;
}

/** The sheets or slides that a main part lists, in its order. */
export async function listedParts(zip: ZipArchive, part: string, element: string): Promise<ListedPart[]> {
  const targets = new Map((await relationshipsOf(zip, part)).map(({ id, target }) => [id, target]));
  const listed: ListedPart[] = [];
  await readXml(zip.bytesOf(part), {
    open: (name, attributes) => {
      if (name !== element || listed.length >= mostParts) return;
      const target = targets.get(prefixed(attributes, 'id') ?? '') ?? '';
      const state = attribute(attributes, 'state') ?? '';
      listed.push({ name: attributes.name ?? '', isHidden: /hidden/i.test(state), target });
    },
  });
  return listed;
}

function entryName(folder: string, target: string): string {
  const path = target.startsWith('/') ? target.slice(1) : folder + target;
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
