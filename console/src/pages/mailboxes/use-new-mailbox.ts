import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { answered, api, type Schemas } from '../../api/client.js';
import { rememberInstance } from '../../api/instance-cache.js';
import { beginConsent } from '../../mailboxes/consent-attempt.js';
import { openConsentWindow } from '../../mailboxes/consent-window.js';
import { keepNewToken } from '../../mailboxes/new-tokens.js';
import { words } from '../../words.js';

export interface NewMailbox {
  name: string;
  loginHint?: string;
  externalId?: string;
  scopes: string[];
  toolsets: Schemas['Instance']['toolsets'];
  readOnly: boolean;
}

/** To read only, which is the least that is of use. */
export const plainMailbox: NewMailbox = {
  name: words.mailboxes.unnamed,
  scopes: ['gmail.readonly'],
  toolsets: ['core'],
  readOnly: false,
};

/** Makes a mailbox, begins its consent in a window, and goes to its page. */
export function useNewMailbox() {
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const mutation = useMutation({
    mutationFn: async ({ input, opened }: { input: NewMailbox; opened: Window | null }) => {
      try {
        const created = await answered(api.POST('/api/instances', { body: input }));
        return { created, opened };
      } catch (error) {
        opened?.close();
        throw error;
      }
    },
    onSuccess: ({ created: { mcpToken, ...instance }, opened }) => {
      if (mcpToken !== undefined) keepNewToken(instance.id, mcpToken);
      rememberInstance(queryClient, instance);
      navigate(`/mailboxes/${instance.id}`);
      return beginConsent(instance.id, opened);
    },
  });
  // The window is opened within the click; browsers allow it later only at times.
  const create = (input: NewMailbox) => mutation.mutate({ input, opened: openConsentWindow() });
  return { create, isPending: mutation.isPending, error: mutation.error };
}

export type MailboxCreation = ReturnType<typeof useNewMailbox>;
