import {
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { ApiError } from './api-error.js';
import { answered, api, done } from './client.js';
import { presenceKey, signedOut, type Presence, type Session } from './presence.js';
import { takenCode } from './sign-in-link.js';
import { chooseTenant } from './tenant-choice.js';

/** Whether this browser ever signed in: its cookie cannot be read, and asking without one is refused. */
const signedInKey = 'evergrant.signed-in';

export function usePresence(): UseQueryResult<Presence> {
  return useQuery({ queryKey: presenceKey, queryFn: findPresence, staleTime: Infinity });
}

/** The session of who looks at a page. */
export function useSession(): Session {
  const { data } = usePresence();
  if (data?.state !== 'signed-in') throw new Error('There is no session');
  return data.session;
}

async function findPresence(): Promise<Presence> {
  const code = takenCode();
  if (code !== null) return byLink(code);
  if (localStorage.getItem(signedInKey) === null) return signedOut(null);
  try {
    return await currentSession();
  } catch (error) {
    if (isRefusal(error, 'UNAUTHENTICATED')) return signedOut('ended');
    // The tenant that was chosen is gone.
    if (!isRefusal(error, 'NOT_FOUND')) throw error;
    chooseTenant(null);
    return currentSession();
  }
}

async function byLink(code: string): Promise<Presence> {
  try {
    return await open({ code });
  } catch (error) {
    if (isRefusal(error, 'UNAUTHENTICATED')) return signedOut('stale-link');
    throw error;
  }
}

async function currentSession(): Promise<Presence> {
  return { state: 'signed-in', session: await answered(api.GET('/api/session')) };
}

async function open(body: { apiKey: string } | { code: string }): Promise<Presence> {
  chooseTenant(null);
  const session = await answered(api.POST('/api/session', { body }));
  localStorage.setItem(signedInKey, 'yes');
  return { state: 'signed-in', session };
}

function isRefusal(error: unknown, code: ApiError['code']): boolean {
  return error instanceof ApiError && error.code === code;
}

export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (apiKey: string) => open({ apiKey }),
    onSuccess: (presence) => begin(queryClient, presence),
  });
}

export function useSignOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => done(api.DELETE('/api/session')),
    onSuccess: () => {
      localStorage.removeItem(signedInKey);
      chooseTenant(null);
      begin(queryClient, signedOut(null));
    },
  });
}

/** Works in another tenant from now on (the operator only). */
export function useTenantSwitch() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (tenantId: string) => {
      chooseTenant(tenantId);
      return currentSession();
    },
    onSuccess: (presence) => begin(queryClient, presence),
    onError: () => chooseTenant(null),
  });
}

/** What one has seen is not shown to the next, nor what is of one tenant in another. */
function begin(queryClient: QueryClient, presence: Presence): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== presenceKey[0] });
  queryClient.setQueryData(presenceKey, presence);
}
