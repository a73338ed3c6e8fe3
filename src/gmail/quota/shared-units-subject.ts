/** What the units of a mailbox are counted under for all processes. */
export const sharedUnitsSubject = {
  of: (account: string): string => `gmail:${account}`,
  /** The same in SQL, of an expression for the account. */
  inSql: (account: string): string => `'gmail:' || ${account}`,
};
