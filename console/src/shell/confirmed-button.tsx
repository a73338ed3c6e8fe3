import { Button, Group, Stack, Text, type ButtonProps } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { words } from '../words.js';
import { ErrorNote } from './error-note.js';

interface ConfirmedButtonProps {
  label: string;
  /** Names it where several have the same label. */
  ariaLabel?: string;
  question: string;
  /** Of the button that does it. */
  confirmLabel: string;
  /** Between the question and the buttons. */
  children?: ReactNode;
  isPending: boolean;
  error?: Error | null;
  mayConfirm?: boolean;
  onConfirm: () => void;
  color?: ButtonProps['color'];
  variant?: ButtonProps['variant'];
  size?: ButtonProps['size'];
}

/** A button that asks in its own place before it does anything. */
export function ConfirmedButton(props: ConfirmedButtonProps) {
  const { label, ariaLabel, question, confirmLabel, children, isPending, error = null } = props;
  const { mayConfirm = true, onConfirm, color = 'red', variant = 'default', size = 'sm' } = props;
  const [isAsking, setIsAsking] = useState(false);
  const asked = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Neither button has the focus at once: a key that is pressed twice does nothing.
    if (isAsking) asked.current?.focus();
  }, [isAsking]);
  const close = () => {
    setIsAsking(false);
    setTimeout(() => opener.current?.focus());
  };
  if (!isAsking)
    return (
      <Button
        ref={opener}
        variant={variant}
        size={size}
        {...(variant === 'filled' && { color })}
        aria-label={ariaLabel}
        onClick={() => setIsAsking(true)}
      >
        {label}
      </Button>
    );
  return (
    <Stack
      ref={asked}
      gap="xs"
      role="group"
      aria-label={question}
      tabIndex={-1}
      className="asked-in-place"
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
    >
      <Text size="sm" fw={600}>
        {question}
      </Text>
      {children}
      {error && <ErrorNote error={error} />}
      <Group gap="xs">
        <Button size={size} color={color} loading={isPending} disabled={!mayConfirm} onClick={onConfirm}>
          {confirmLabel}
        </Button>
        <Button size={size} variant="default" disabled={isPending} onClick={close}>
          {words.texts.cancel}
        </Button>
      </Group>
    </Stack>
  );
}
