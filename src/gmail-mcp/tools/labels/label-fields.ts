import { z } from 'zod';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels#Label */
export const labelName = z.string().trim().min(1).max(225);

/** A colour of Gmail's palette. */
const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'expected a colour like #16a766');

/** The arguments that say how Gmail shows a label. */
export const labelAppearance = {
  labelListVisibility: z.enum(['labelShow', 'labelShowIfUnread', 'labelHide']).optional(),
  messageListVisibility: z.enum(['show', 'hide']).optional(),
  textColor: colour.optional(),
  backgroundColor: colour.optional(),
};

interface Appearance {
  textColor?: string | undefined;
  backgroundColor?: string | undefined;
}

/** Gmail takes both colours or none. */
export function checkColours({ textColor, backgroundColor }: Appearance, context: z.RefinementCtx): void {
  if ((textColor === undefined) === (backgroundColor === undefined)) return;
  const missing = textColor === undefined ? 'textColor' : 'backgroundColor';
  context.addIssue({ code: 'custom', path: [missing], message: 'give both colours of Gmail’s palette' });
}

/** The fields of a label as Gmail takes them. */
export function labelResource<Fields extends Appearance>({
  textColor,
  backgroundColor,
  ...fields
}: Fields): Omit<Fields, keyof Appearance> & { color?: { textColor: string; backgroundColor: string } } {
  return textColor === undefined || backgroundColor === undefined
    ? fields
    : { ...fields, color: { textColor, backgroundColor } };
}
