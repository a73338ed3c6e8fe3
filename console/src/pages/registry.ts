import {
  BroadcastIcon,
  ChecklistIcon,
  GraphIcon,
  KeyIcon,
  LogIcon,
  MailIcon,
  OrganizationIcon,
  PeopleIcon,
  ShieldCheckIcon,
  ToolsIcon,
  type Icon,
} from '@primer/octicons-react';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { ApiRight, Session } from '../api/presence.js';
import { words } from '../words.js';

/** A page of the console, in a folder of its own, loaded when it is first opened. */
export interface ConsolePage {
  /** As wouter takes it: `/mailboxes/:id`. */
  path: string;
  title: string;
  /** What the session needs to be shown it; `operator` for pages of the deployment. */
  requires: ApiRight | 'operator' | null;
  /** In the navigation; without one the page is reached from others. */
  icon?: Icon;
  component: LazyExoticComponent<ComponentType>;
}

/** All pages, in the order of the navigation; the first that one may open is the first page. */
export const pages: readonly ConsolePage[] = [
  {
    path: '/mailboxes',
    title: words.mailboxes.title,
    requires: 'instances:read',
    icon: MailIcon,
    component: lazy(() => import('./mailboxes/mailboxes-page.js')),
  },
  {
    path: '/mailboxes/:id',
    title: words.mailboxes.title,
    requires: 'instances:read',
    component: lazy(() => import('./mailbox/mailbox-page.js')),
  },
  {
    path: '/approvals',
    title: words.approvals.title,
    requires: 'approvals:decide',
    icon: ChecklistIcon,
    component: lazy(() => import('./approvals/approvals-page.js')),
  },
  {
    path: '/approvals/:id',
    title: words.approvals.one,
    requires: 'approvals:decide',
    component: lazy(() => import('./approval/approval-page.js')),
  },
  {
    path: '/numbers',
    title: words.numbers.title,
    requires: 'instances:read',
    icon: GraphIcon,
    component: lazy(() => import('./numbers/numbers-page.js')),
  },
  {
    path: '/people',
    title: words.people.title,
    requires: 'people:read',
    icon: PeopleIcon,
    component: lazy(() => import('./people/people-page.js')),
  },
  {
    path: '/people/:id',
    title: words.people.one,
    requires: 'people:read',
    component: lazy(() => import('./person/person-page.js')),
  },
  {
    path: '/policy',
    title: words.policy.title,
    requires: 'instances:read',
    icon: ShieldCheckIcon,
    component: lazy(() => import('./policy/policy-page.js')),
  },
  {
    path: '/keys',
    title: words.keys.title,
    requires: 'operator',
    icon: KeyIcon,
    component: lazy(() => import('./keys/keys-page.js')),
  },
  {
    path: '/tenants',
    title: words.tenants.title,
    requires: 'operator',
    icon: OrganizationIcon,
    component: lazy(() => import('./tenants/tenants-page.js')),
  },
  {
    path: '/webhooks',
    title: words.webhooks.title,
    requires: 'webhooks:read',
    icon: BroadcastIcon,
    component: lazy(() => import('./webhooks/webhooks-page.js')),
  },
  {
    path: '/webhooks/:id',
    title: words.webhooks.title,
    requires: 'webhooks:read',
    component: lazy(() => import('./webhooks/webhook-page.js')),
  },
  {
    path: '/audit',
    title: words.audit.title,
    requires: 'audit:read',
    icon: LogIcon,
    component: lazy(() => import('./audit/audit-page.js')),
  },
  {
    path: '/setup',
    title: words.setup.title,
    requires: 'operator',
    icon: ToolsIcon,
    component: lazy(() => import('./setup/setup-page.js')),
  },
];

export function mayOpen({ requires }: ConsolePage, { operator, rights }: Session): boolean {
  if (requires === null) return true;
  return requires === 'operator' ? operator : rights.includes(requires);
}
