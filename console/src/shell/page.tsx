import { Group, Stack, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { words } from '../words.js';

let hasShownOne = false;

interface PageProps {
  title: string;
  /** Above the title: the way to where one came from. */
  back?: ReactNode;
  /** Beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of each page: its title also names the window, and has the focus after navigation. */
export function Page({ title, back, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = words.documentTitle(title);
  }, [title]);
  useEffect(() => {
    if (hasShownOne) heading.current?.focus();
    hasShownOne = true;
  }, []);
  return (
    <Stack gap="lg">
      {back}
      <Group justify="space-between" align="center">
        <Title order={1} size="h2" ref={heading} tabIndex={-1} className="page-title">
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Stack>
  );
}
