import { z } from 'zod';

/** Text that is to be stored or searched for, trimmed: what PostgreSQL takes and gives back as it was. */
export function storedText(maximumLength: number) {
  return (
    z
      .string()
      .trim()
      .min(1)
      .max(maximumLength)
      .refine((given) => !given.includes('\0'), 'must not contain NUL')
      // Half a surrogate pair would come back as another character.
      .refine((given) => !/\p{Surrogate}/u.test(given), 'must be well-formed Unicode')
  );
}
