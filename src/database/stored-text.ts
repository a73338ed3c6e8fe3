import { z } from 'zod';

/** Text that is to be stored or searched for, trimmed: PostgreSQL takes every character but NUL. */
export const storedText = (maximumLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maximumLength)
    .refine((given) => !given.includes('\0'), 'must not contain NUL');
