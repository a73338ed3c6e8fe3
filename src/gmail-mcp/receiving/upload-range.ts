/** How far an upload is. */
interface Progress {
  sizeBytes: number;
  receivedBytes: number;
}

/** What a request asks for. */
export type UploadStep =
  | { do: 'tell' }
  /** Takes this many bytes from there on; from 0 on, what came before is thrown away. */
  | { do: 'take'; firstByte: number; bytes: number }
  | { do: 'refuse'; field: 'Content-Range' | 'Content-Length'; why: string };

const range = /^bytes (?:(?<first>\d{1,9})-(?<last>\d{1,9})|\*)\/(?<total>\d{1,9})$/;

/**
 * Decides on a request for an upload: all of the file at once, a part of it with `Content-Range` (RFC 9110, section
 * 14.4), or an asterisk for the range, which asks how far it is, as Google's resumable uploads do. What does not follow on what is
 * there is answered by how far it is, so that the client goes on from there.
 */
export function uploadStep(
  { contentRange, contentLength }: { contentRange: string | undefined; contentLength: string | undefined },
  { sizeBytes, receivedBytes }: Progress,
): UploadStep {
  const bytes = contentLength === undefined ? null : Number(contentLength);
  if (contentRange === undefined) {
    if (receivedBytes === sizeBytes) return { do: 'tell' };
    return bytes === null || bytes === sizeBytes
      ? { do: 'take', firstByte: 0, bytes: sizeBytes }
      : { do: 'refuse', field: 'Content-Length', why: `the file is to have ${sizeBytes} bytes` };
  }
  const { first, last, total } = range.exec(contentRange.trim())?.groups ?? {};
  if (total === undefined || Number(total) !== sizeBytes)
    return { do: 'refuse', field: 'Content-Range', why: `expected "bytes first-last/${sizeBytes}"` };
  if (first === undefined || last === undefined) return { do: 'tell' };
  return part({ first: Number(first), last: Number(last), bytes }, { sizeBytes, receivedBytes });
}

function part(
  { first, last, bytes }: { first: number; last: number; bytes: number | null },
  { sizeBytes, receivedBytes }: Progress,
): UploadStep {
  const length = last - first + 1;
  if (length < 1 || last >= sizeBytes)
    return { do: 'refuse', field: 'Content-Range', why: 'it ends before it begins, or behind the file' };
  if (bytes !== null && bytes !== length)
    return { do: 'refuse', field: 'Content-Length', why: `the range has ${length} bytes` };
  const follows = first === receivedBytes && receivedBytes < sizeBytes;
  return follows ? { do: 'take', firstByte: first, bytes: length } : { do: 'tell' };
}
