import { Center, Loader, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { queryClient } from './api/query-client.js';
import { usePresence } from './api/session.js';
import { styleNonce } from './nonce.js';
import { CurrentPage } from './pages/current-page.js';
import { ErrorNote } from './shell/error-note.js';
import { Shell } from './shell/shell.js';
import { SignIn } from './sign-in/sign-in.js';
import { readableColors, theme } from './theme.js';
import { words } from './words.js';

/** The console. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={readableColors}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <Router hook={useHashLocation}>
          <Entrance />
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** The form to sign in, or the pages; a session that ends leaves the address as it is. */
function Entrance() {
  const { data: presence, error, refetch } = usePresence();
  if (presence?.state === 'signed-out') return <SignIn cause={presence.cause} />;
  if (presence?.state === 'signed-in')
    return (
      // Pages of another tenant begin anew.
      <Shell key={presence.session.tenantId} session={presence.session}>
        <CurrentPage session={presence.session} />
      </Shell>
    );
  return (
    <Center component="main" mih="100vh" p="md">
      {error ? (
        <ErrorNote error={error} again={() => void refetch()} />
      ) : (
        <Loader aria-label={words.shell.loading} />
      )}
    </Center>
  );
}
