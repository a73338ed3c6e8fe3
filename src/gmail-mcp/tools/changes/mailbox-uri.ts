/** The resource that is updated whenever a watched mailbox has changed. */
export const mailboxUri = 'gmail://mailbox';
