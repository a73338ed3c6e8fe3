/** Words that occur once in a body and nowhere in a URL: three syllables and a q. */
export const wordPattern = /\b(?:[bdfgklmnprst][aeiou]){3}q\b/;

const consonants = 'bdfgklmnprst';
const vowels = 'aeiou';
const syllables = consonants.length * vowels.length;

/** What a body is made of, the same for the same seed. */
export class Material {
  private words = 0;
  private links = 0;
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** A word that the body has not had. */
  word(): string {
    this.words += 1;
    return (
      [1, syllables, syllables ** 2].map((place) => syllable(Math.floor(this.words / place))).join('') + 'q'
    );
  }

  text(words = 3): string {
    return Array.from({ length: words }, () => this.word()).join(' ');
  }

  /** An address that the body has not had. */
  url(): string {
    this.links += 1;
    return `https://h${this.links}.example/p/${this.links}?u=${this.below(1_000)}&c=x`;
  }

  one<T>(of: readonly T[]): T {
    const chosen = of[this.below(of.length)];
    if (chosen === undefined) throw new Error('There is nothing to choose from.');
    return chosen;
  }

  /** mulberry32 */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }
}

function syllable(index: number): string {
  const place = index % syllables;
  return consonants.charAt(place % consonants.length) + vowels.charAt(Math.floor(place / consonants.length));
}
