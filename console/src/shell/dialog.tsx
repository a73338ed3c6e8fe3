import { Modal } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { words } from '../words.js';

interface DialogProps {
  title: string;
  onClose: () => void;
  /** Only a button in it closes it: what it shows is not to be lost by a slip. */
  isHeld?: boolean;
  children: ReactNode;
}

/** A dialog that is open as long as it is rendered. The focus goes back to what opened it. */
export function Dialog({ title, onClose, isHeld = false, children }: DialogProps) {
  // Mantine gives it back only where a dialog stays mounted when it is closed.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    },
    [before],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeOnClickOutside={!isHeld}
      closeOnEscape={!isHeld}
      withCloseButton={!isHeld}
      closeButtonProps={{ 'aria-label': words.shell.close }}
    >
      {children}
    </Modal>
  );
}
