import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];

/** The Chromium of this machine; playwright-core brings none along. */
export const chromiumProgram = places
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find(isProgram);

export function launchChromium(): Promise<Browser> {
  if (chromiumProgram === undefined) throw new Error('There is no Chromium on this machine.');
  return chromium.launch({ executablePath: chromiumProgram, args: ['--disable-dev-shm-usage'] });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
