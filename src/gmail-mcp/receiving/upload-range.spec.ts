import { expect, it } from '@jest/globals';
import { uploadStep, type UploadStep } from './upload-range.js';

function take(firstByte: number, bytes: number): UploadStep {
  return { do: 'take', firstByte, bytes };
}

it.each<[string | undefined, string | undefined, number, UploadStep | string]>([
  [undefined, '100', 0, take(0, 100)],
  [undefined, undefined, 0, take(0, 100)],
  [undefined, '100', 40, take(0, 100)],
  [undefined, '100', 100, { do: 'tell' }],
  [undefined, '99', 0, 'Content-Length'],
  ['bytes 0-39/100', '40', 0, take(0, 40)],
  ['bytes 40-99/100', undefined, 40, take(40, 60)],
  ['bytes 40-99/100', '60', 30, { do: 'tell' }],
  ['bytes 0-39/100', '40', 40, { do: 'tell' }],
  ['bytes 0-99/100', '100', 100, { do: 'tell' }],
  ['bytes */100', '0', 40, { do: 'tell' }],
  ['bytes */99', '0', 40, 'Content-Range'],
  ['bytes 0-39/*', '40', 0, 'Content-Range'],
  ['bytes 0-100/100', '101', 0, 'Content-Range'],
  ['bytes 9-8/100', '0', 9, 'Content-Range'],
  ['bytes 0-39/100', '41', 0, 'Content-Length'],
  ['octets 0-39/100', '40', 0, 'Content-Range'],
  ['bytes 0-9999999999999/100', '40', 0, 'Content-Range'],
])(
  'of 100 bytes %s with %s more, after %i of them: %j',
  (contentRange, contentLength, receivedBytes, expected) => {
    const step = uploadStep({ contentRange, contentLength }, { sizeBytes: 100, receivedBytes });
    if (typeof expected === 'string') expect(step).toMatchObject({ do: 'refuse', field: expected });
    else expect(step).toEqual(expected);
  },
);
