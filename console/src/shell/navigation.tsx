import { NavLink } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import type { Session } from '../api/presence.js';
import { pages, mayOpen, type ConsolePage } from '../pages/registry.js';
import { words } from '../words.js';

/** The pages that this session may open. */
export function Navigation({ session, onChosen }: { session: Session; onChosen: () => void }) {
  const [location] = useLocation();
  return (
    <nav aria-label={words.shell.navigation}>
      {pages
        .filter((page) => page.icon !== undefined && mayOpen(page, session))
        .map((page) => (
          <Entry key={page.path} page={page} isHere={isUnder(page, location)} onChosen={onChosen} />
        ))}
    </nav>
  );
}

function Entry({ page, isHere, onChosen }: { page: ConsolePage; isHere: boolean; onChosen: () => void }) {
  const { icon: Icon } = page;
  return (
    <NavLink
      component={Link}
      href={page.path}
      label={page.title}
      leftSection={Icon && <Icon />}
      active={isHere}
      aria-current={isHere ? 'page' : undefined}
      onClick={onChosen}
    />
  );
}

function isUnder({ path }: ConsolePage, location: string): boolean {
  return location === path || location.startsWith(`${path}/`);
}
