import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { moduleArrows, type ModuleArrows } from './module-arrows.js';
import { modulePicture } from './module-picture.js';

describe('the picture in docs/architecture.md', () => {
  const picture = modulePicture(readFileSync('docs/architecture.md', 'utf8'));
  const base = picture.groups.get('base') ?? [];
  let code: ModuleArrows;

  beforeAll(async () => {
    code = await moduleArrows();
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
