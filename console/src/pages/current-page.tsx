import { Anchor, Text } from '@mantine/core';
import { Suspense } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import type { Session } from '../api/presence.js';
import { Waiting } from '../shell/answer.js';
import { CrashBoundary } from '../shell/crash-boundary.js';
import { Page } from '../shell/page.js';
import { words } from '../words.js';
import { mayOpen, pages } from './registry.js';

/** The page that the address names, if the session may open it. */
export function CurrentPage({ session }: { session: Session }) {
  const [location] = useLocation();
  const open = pages.filter((page) => mayOpen(page, session));
  const [first] = open;
  return (
    <CrashBoundary key={location}>
      <Suspense fallback={<Waiting />}>
        <Switch>
          {open.map(({ path, component }) => (
            <Route key={path} path={path} component={component} />
          ))}
          {first && (
            <Route path="/">
              <Redirect to={first.path} replace />
            </Route>
          )}
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </CrashBoundary>
  );
}

function NotFound() {
  return (
    <Page title={words.shell.notFoundTitle}>
      <Text>{words.shell.notFound}</Text>
      <Anchor component={Link} href="/">
        {words.shell.toStart}
      </Anchor>
    </Page>
  );
}
