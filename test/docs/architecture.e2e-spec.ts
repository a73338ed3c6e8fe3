import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  importsOfTheCode,
  moduleArrows,
  roomArrows,
  type Import,
  type ModuleArrows,
} from './module-arrows.js';
import { modulePicture } from './module-picture.js';

const page = readFileSync('docs/architecture.md', 'utf8');
const modulesWithRooms = [...page.matchAll(/^### `(.+)`$/gm)].map(([, module]) => module ?? '');
let imports: Import[];

beforeAll(async () => {
  imports = await importsOfTheCode();
});

describe('the picture in docs/architecture.md', () => {
  const picture = modulePicture(page, '## The modules');
  const base = picture.groups.get('base') ?? [];
  let code: ModuleArrows;

  beforeAll(() => {
    code = moduleArrows(imports);
  });

  it('shows every module, and none that is not there', () => {
    expect(picture.modules).toEqual(code.modules);
  });

  it('draws exactly the imports between modules, those into the base left out', () => {
    const worthDrawing = code.arrows.filter((arrow) => !base.includes(arrow.split(' --> ')[1] ?? ''));
    expect(picture.arrows).toEqual(worthDrawing);
  });

  it('calls base only what uses nothing outside of the base, but for the migrations', () => {
    const fromBase = code.arrows.filter((arrow) => base.includes(arrow.split(' --> ')[0] ?? ''));
    const outwards = fromBase.filter((arrow) => !base.includes(arrow.split(' --> ')[1] ?? ''));
    expect(outwards).toEqual(['database --> migrations']);
  });
});

describe('the pictures of rooms in docs/architecture.md', () => {
  it('are there for every module that has two rooms or more', () => {
    const withRooms = moduleArrows(imports).modules.filter(
      (module) => roomArrows(imports, module).modules.length > 1,
    );
    expect([...modulesWithRooms].sort()).toEqual(withRooms);
  });

  it.each(modulesWithRooms)('draw exactly the rooms of %s and the imports between them', (module) => {
    const { modules, arrows } = modulePicture(page, `### \`${module}\``);
    expect({ modules, arrows }).toEqual(roomArrows(imports, module));
  });

  it('hold about a dozen files each', () => {
    const files = new Map<string, number>();
    for (const { from } of imports) files.set(dirname(from), (files.get(dirname(from)) ?? 0) + 1);
    expect([...files].filter(([folder, count]) => folder.startsWith('src') && count > 13)).toEqual([]);
  });
});
