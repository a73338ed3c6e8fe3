import { describe, expect, it } from '@jest/globals';
import { parse } from 'content-disposition';
import { downloadHeaders } from './download-headers.js';

function headersOf(filename: string, mimeType = 'application/pdf'): Record<string, string> {
  return downloadHeaders({ filename, mimeType });
}

describe('a download', () => {
  it.each([
    'application/pdf',
    'image/png',
    'audio/mpeg',
    'text/plain',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ])('is called %s as the mail does', (mimeType) => {
    expect(headersOf('a', mimeType)['content-type']).toBe(mimeType);
  });

  it.each([
    'text/html',
    'text/xml',
    'text/javascript',
    'image/svg+xml',
    'image/svg',
    'application/xhtml+xml',
    'application/vnd.wap.xhtml+xml',
    'application/xml',
    'application/javascript',
    'application/x-shockwave-flash',
    'multipart/x-mixed-replace',
    'message/rfc822',
    'text/plain\r\nset-cookie: a=b',
    'text/plain, text/html',
    'x',
    '',
  ])('is mere bytes where the mail calls it %j', (mimeType) => {
    expect(headersOf('a', mimeType)['content-type']).toBe('application/octet-stream');
  });

  it.each([
    ['report.pdf', 'report.pdf'],
    ['Übersicht €.pdf', 'Übersicht €.pdf'],
    ['a"b;c.txt', 'a_b;c.txt'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\x\\run.exe', 'C__x_run.exe'],
    ['.htaccess', 'htaccess'],
    ['invoice\u202efdp.exe', 'invoice_fdp.exe'],
    ['a\r\nset-cookie: x=y.txt', 'a__set-cookie_ x=y.txt'],
    ['lone \ud800.txt', 'lone _.txt'],
    ['', 'attachment'],
    [' .. ', 'attachment'],
  ])('of %j is saved as %j', (filename, saved) => {
    const header = headersOf(filename)['content-disposition']!;

    expect(header).toMatch(/^attachment; filename/);
    expect(header).toMatch(/^[ -~]+$/);
    expect(parse(header).parameters.filename).toBe(saved);
  });

  it('keeps the end of a long name', () => {
    const { parameters } = parse(headersOf(`${'long '.repeat(100)}name.pdf`)['content-disposition']!);

    expect(parameters.filename).toHaveLength(150);
    expect(parameters.filename).toMatch(/name\.pdf$/);
  });

  it('is run, shown, guessed about and kept by no browser', () => {
    expect(headersOf('a.html', 'text/html')).toMatchObject({
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
  });
});
