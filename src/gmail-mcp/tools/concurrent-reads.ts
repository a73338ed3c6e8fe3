/**
 * Gmail answers 429 to a mailbox with many requests at once, however small they are, and does not say how many
 * (https://developers.google.com/workspace/gmail/api/guides/handle-errors, "concurrent requests"): 60 are too many. All
 * calls for one mailbox together have `GMAIL_REQUESTS_AT_ONCE`, and wait for their turn.
 */
export const concurrentReads = 8;
