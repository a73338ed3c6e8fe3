import { type Fence, field, type Line } from '../answers/fence.js';
import { toldTime } from '../answers/told-time.js';

interface ToldFile {
  filename: string;
  mimeType: string;
  sizeBytes: number;
  url: string;
  expiresAt: string;
  text?: { text: string; totalChars: number; nextOffset?: number | undefined } | undefined;
  noText?: { message: string } | undefined;
  image?: keyof typeof pictureLines | undefined;
}

const pictureLines = {
  shown: 'the picture is beside this text',
  too_large: 'the picture is too large to be shown',
  no_image: 'this is no picture that can be shown',
};

/** A file of a mail, as text. */
export function fileText(file: ToldFile, fence: Fence): Line[] {
  const { filename, mimeType, sizeBytes, url, expiresAt, text, noText, image } = file;
  return [
    fence.own(
      `file of ${sizeBytes} bytes; until ${toldTime(expiresAt).join('')} this opens it for those who have it: ${url}`,
    ),
    field('Name', filename),
    field('Type', mimeType),
    image && fence.own(pictureLines[image]),
    noText && fence.own(noText.message),
    ...(text === undefined ? [] : ['', text.text]),
    text?.nextOffset !== undefined &&
      fence.own(`cut: read this file on with offset ${text.nextOffset} of ${text.totalChars}`),
  ];
}
