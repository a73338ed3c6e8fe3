import { z } from 'zod';
import type { Interaction } from './asked-consent.js';

/** What a person agreed to on our page before going to Google. */
const agreement = z.object({
  /** Who agreed; null for a person whom Google is to name. */
  personId: z.string().nullable(),
  instanceIds: z.array(z.string()).nullable(),
});
export type Agreement = z.output<typeof agreement>;

/** Kept with the interaction: the way back from Google is a link, which by itself agrees to nothing. */
export async function keepAgreement(interaction: Interaction, agreed: Agreement | null): Promise<void> {
  interaction.lastSubmission = { agreed };
  await interaction.persist();
}

/** Null where nothing was agreed to. */
export function keptAgreement({ lastSubmission }: Interaction): Agreement | null {
  const { agreed } = (lastSubmission ?? {}) as { agreed?: unknown };
  return agreement.safeParse(agreed).data ?? null;
}
