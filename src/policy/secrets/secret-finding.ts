/** What the outbound secret check looks for. */
export const secretRuleNames = [
  'private_key',
  'aws_key',
  'github_token',
  'google_key',
  'slack_token',
  'stripe_key',
  'json_web_token',
  'named_token',
  'password',
  'one_time_code',
  'card_number',
  'recovery_phrase',
] as const;
export type SecretRuleName = (typeof secretRuleNames)[number];

/** Something in a text that looks as if it should stay. */
export interface SecretFinding {
  rule: SecretRuleName;
  /** Where, with the secret itself masked. */
  place: string;
}
