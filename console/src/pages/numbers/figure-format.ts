import { words } from '../../words.js';
import type { FigureWindow, Share } from './figures-query.js';

const number = new Intl.NumberFormat('en');
const hour = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit', weekday: 'short' });
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** Which way a share is good. */
export type Direction = 'more-is-better' | 'less-is-better';

/** Rounded so that it never looks better than it is; null of nothing, which is neither 0 nor 100 %. */
export function percent({ share }: Pick<Share, 'share'>, direction: Direction): string | null {
  if (share === null) return null;
  return new Intl.NumberFormat('en', {
    style: 'percent',
    maximumFractionDigits: 1,
    roundingMode: direction === 'more-is-better' ? 'floor' : 'ceil',
  }).format(share);
}

export function count(amount: number): string {
  return number.format(amount);
}

export function shareInWords(share: Share, what: string): string {
  return words.numbers.shareOf(count(share.count), count(share.of), what);
}

/** When a bucket begins: days are those of UTC, hours are the reader's. */
export function bucketStart(at: string, window: FigureWindow): string {
  return (window === '24h' ? hour : day).format(new Date(at));
}
