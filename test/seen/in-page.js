/* global document, scrollX, scrollY, getComputedStyle, NodeFilter, HTMLSelectElement, SVGElement, Image, OffscreenCanvas */
/** Runs in the page: all of its words, its pictures and the fields of its forms. */
export function piecesOfPage(pattern) {
  const word = new RegExp(pattern, 'g');
  const pieces = [];
  const hasBase = document.querySelector('base[href]') !== null;
  const targetAt = (element) => {
    const link = element?.closest('a[href]');
    if (link == null) return '';
    return hasBase ? link.href : (link.getAttribute('href') ?? '');
  };
  const boxesOf = (rects) =>
    [...rects].map(({ x, y, width, height }) => ({ x: x + scrollX, y: y + scrollY, width, height }));
  // What has no box of its own, or is in a tree of the browser's, has to be asked about otherwise.
  const isDrawn = (element) => {
    const details = element?.closest('details:not([open])');
    if (details != null && !details.querySelector(':scope > summary')?.contains(element)) return false;
    // Cells of collapsed columns, and drawings without a size: their words keep places, where others may stand.
    const box = element?.closest('td, th, svg')?.getBoundingClientRect();
    if (box?.width === 0) return false;
    let boxed = element;
    while (boxed !== null && getComputedStyle(boxed).display === 'contents') boxed = boxed.parentElement;
    return boxed?.closest('canvas') === null && boxed.checkVisibility({ visibilityProperty: true });
  };
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    // The browser draws what is in these in a tree of its own.
    if (node.parentElement?.closest('textarea, select') != null) continue;
    for (const { 0: found, index } of (node.nodeValue ?? '').matchAll(word)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + found.length);
      pieces.push({
        words: [found],
        boxes: isDrawn(node.parentElement) ? boxesOf(range.getClientRects()) : [],
        target: targetAt(node.parentElement),
      });
    }
  }
  for (const picture of document.images) {
    const words = picture.alt.match(word) ?? [];
    const boxes = boxesOf(picture.getClientRects());
    pieces.push({ words, boxes, target: targetAt(picture) });
    // What a picture's map says is seen where the picture is.
    const map =
      picture.useMap === '' ? null : document.querySelector(`map[name="${picture.useMap.slice(1)}"]`);
    for (const area of map?.querySelectorAll('area[href]') ?? []) {
      pieces.push({
        words: area.alt.match(word) ?? [],
        boxes,
        target: hasBase ? area.href : (area.getAttribute('href') ?? ''),
      });
    }
  }
  const fields = document.querySelectorAll('input, textarea, select');
  for (const field of fields) {
    const words = textOfField(field).match(word) ?? [];
    pieces.push({ words, boxes: boxesOf(field.getClientRects()), target: targetAt(field) });
  }
  function textOfField(field) {
    if (field.type === 'password') return '';
    if (field.type === 'image') return field.alt;
    if (!(field instanceof HTMLSelectElement)) return field.value || field.placeholder;
    const options = field.size > 1 || field.multiple ? field.options : field.selectedOptions;
    return [...options].map(({ label }) => label).join(' ');
  }
  return pieces;
}

/** Runs in the page: letters and pictures go, their places stay. */
export function takeContentOut() {
  for (const element of document.querySelectorAll('*')) {
    const set = (name, value) => element.style.setProperty(name, value, 'important');
    if (element.matches('img, input[type=image]')) set('opacity', '0');
    if (getComputedStyle(element).backgroundClip === 'text') set('background-clip', 'border-box');
    for (const name of ['color', '-webkit-text-fill-color']) set(name, 'transparent');
    if (element instanceof SVGElement) set('fill', 'transparent');
    set('text-shadow', 'none');
    set('transition', 'none');
  }
}

/** Runs in a page of its own: which places differ between two pictures. */
export async function differences({ drawn, empty, places }) {
  const leastHeightPx = 4;
  const leastDistance = 20;
  const load = async (base64) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${base64}`;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const drawing = canvas.getContext('2d');
    if (drawing === null) throw new Error('There is no canvas.');
    drawing.drawImage(picture, 0, 0);
    return drawing.getImageData(0, 0, picture.width, picture.height);
  };
  const [one, two] = await Promise.all([load(drawn), load(empty)]);
  const differsAt = (x, y) => {
    const a = (y * one.width + x) * 4;
    const b = (y * two.width + x) * 4;
    const channel = (offset) => (one.data[a + offset] ?? 0) - (two.data[b + offset] ?? 0);
    return Math.hypot(channel(0), channel(1), channel(2)) >= leastDistance;
  };
  const differs = ({ x, y, width, height }) => {
    if (height < leastHeightPx) return false;
    const right = Math.min(x + width, one.width, two.width);
    const bottom = Math.min(y + height, one.height, two.height);
    for (let row = Math.max(0, Math.floor(y)); row < bottom; row += 1) {
      for (let column = Math.max(0, Math.floor(x)); column < right; column += 1) {
        if (differsAt(column, row)) return true;
      }
    }
    return false;
  };
  return places.map((boxes) => boxes.some(differs));
}
