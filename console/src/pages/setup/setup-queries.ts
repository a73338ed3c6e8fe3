import { useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { answered, api, type Schemas } from '../../api/client.js';

export type Setup = Schemas['Setup'];
export type SetupChecks = Schemas['SetupChecks'];
export type Finding = SetupChecks['checks'][number];
export type CheckName = Finding['name'];

/** A client that may not be configured yet. */
export interface ClientPair {
  clientId: string;
  clientSecret: string;
}

/** They are few a minute. */
const goodForMs = 60_000;

export function useSetup(): UseQueryResult<Setup> {
  return useQuery({ queryKey: ['setup'], queryFn: () => answered(api.GET('/api/setup')) });
}

/** How the configured client is set up, asked of Google when the page is opened, and again on request. */
export function useSetupChecks(): UseQueryResult<SetupChecks> {
  return useQuery({
    queryKey: ['setup', 'checks'],
    queryFn: () => answered(api.POST('/api/setup/checks', { body: {} })),
    staleTime: goodForMs,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

/** A mutation, so that the secret is kept with no query. */
export function usePairChecks() {
  return useMutation({
    gcTime: 0,
    mutationFn: (pair: ClientPair) => answered(api.POST('/api/setup/checks', { body: pair })),
  });
}
