/** All that the console says, in English. Pages add a section of their own. */
export const words = {
  product: 'Evergrant',
  documentTitle: (page: string) => `${page} - Evergrant`,
  signIn: {
    title: 'Sign in',
    lead: 'With an API key of your tenant, or with the operator’s key.',
    keyLabel: 'API key',
    keyHint: 'The operator’s key is where the terminal said when Evergrant started.',
    button: 'Sign in',
    ended: 'Your session has ended. Sign in to go on where you were.',
    wrongKey: 'There is no such key. Check that all of it was copied.',
    staleLink:
      'This link was used already, or is too old. A new start of Evergrant prints a new one; a key works any time.',
  },
  shell: {
    skip: 'Skip to the content',
    menu: 'Menu',
    navigation: 'Pages',
    signOut: 'Sign out',
    operator: 'Operator',
    tenant: 'Tenant',
    colorScheme: 'Colours',
    colorSchemes: { light: 'Light', dark: 'Dark', auto: 'Auto' },
    loading: 'Loading …',
    notFoundTitle: 'Page not found',
    notFound: 'There is no such page, or your key has no right to it.',
    toStart: 'To the first page',
  },
  mailboxes: { title: 'Mailboxes' },
  errors: {
    title: 'That did not work',
    again: 'Try again',
    retryAfter: (seconds: number) => `Try again in ${seconds} s.`,
    crashed:
      'This page met a fault of its own. Reload it; if that does not help, tell the people who run the server.',
    byCode: {
      UNREACHABLE: 'The server cannot be reached. Check that it runs, and your connection to it.',
      RATE_LIMITED: 'Too many requests for the moment.',
      FORBIDDEN: 'Your key has no right to this.',
      NOT_FOUND: 'There is no such thing any more.',
    } as Partial<Record<string, string>>,
  },
};
