import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { words } from '../words.js';

/** Asks before a page with unsaved changes is left, by the console's own ways or the browser's. */
export function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const [wanted, setWanted] = useState<string | null>(null);
  const isLeaving = useRef(false);
  useEffect(() => {
    if (!isDirty) return undefined;
    const here = location.hash;
    const hold = (event: Event) => {
      if (isLeaving.current || location.hash === here) return;
      // Before the router hears of it.
      event.stopImmediatePropagation();
      setWanted(location.hash);
      history.replaceState(history.state, '', here);
    };
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('hashchange', hold, { capture: true });
    addEventListener('beforeunload', warn);
    return () => {
      removeEventListener('hashchange', hold, { capture: true });
      removeEventListener('beforeunload', warn);
    };
  }, [isDirty]);
  const leave = () => {
    if (wanted === null) return;
    isLeaving.current = true;
    location.hash = wanted;
  };
  return (
    <Modal opened={wanted !== null} onClose={() => setWanted(null)} title={words.texts.unsavedTitle} centered>
      <Text mb="md">{words.texts.unsaved}</Text>
      <Group>
        <Button onClick={() => setWanted(null)} data-autofocus>
          {words.texts.stay}
        </Button>
        <Button variant="default" onClick={leave}>
          {words.texts.leave}
        </Button>
      </Group>
    </Modal>
  );
}
