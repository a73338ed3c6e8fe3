import { AppShell, Burger, Button, Divider, Group, ScrollArea, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { SignOutIcon } from '@primer/octicons-react';
import type { ReactNode } from 'react';
import { useLiveChanges } from '../api/live-changes.js';
import type { Session } from '../api/presence.js';
import { useSignOut } from '../api/session.js';
import logo from '../evergrant.svg';
import { words } from '../words.js';
import { ColorSchemeSwitch } from './color-scheme-switch.js';
import { Navigation } from './navigation.js';
import { TenantSwitch } from './tenant-switch.js';

const headerHeight = 56;

/** What stands around each page. */
export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const signOut = useSignOut();
  useLiveChanges(session);
  return (
    <AppShell
      header={{ height: headerHeight }}
      navbar={{ width: 240, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
      transitionDuration={0}
    >
      <SkipLink />
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={words.shell.menu}
              aria-expanded={isOpen}
            />
            <img src={logo} alt="" width={28} height={28} />
            <Text fw={700} size="lg">
              {words.product}
            </Text>
          </Group>
          <Text size="sm" c="dimmed" truncate>
            {session.operator ? words.shell.operator : session.tenantName}
          </Text>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className={isOpen ? '' : 'closed-navigation'}>
        <AppShell.Section grow component={ScrollArea}>
          <Navigation session={session} onChosen={close} />
        </AppShell.Section>
        <Divider my="sm" />
        <Stack gap="sm">
          {session.operator && <TenantSwitch session={session} />}
          <ColorSchemeSwitch />
          <Button
            variant="default"
            leftSection={<SignOutIcon />}
            loading={signOut.isPending}
            onClick={() => signOut.mutate()}
          >
            {words.shell.signOut}
          </Button>
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

/** A button, for the address's fragment says which page it is. */
function SkipLink() {
  return (
    <Button className="skip-link" onClick={() => document.getElementById('main')?.focus()}>
      {words.shell.skip}
    </Button>
  );
}
