import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { words } from '../words.js';

const schemes = ['light', 'dark', 'auto'] as const satisfies MantineColorScheme[];

/** Light, dark, or as the system has it; remembered by this browser. */
export function ColorSchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={words.shell.colorScheme}
      value={colorScheme}
      onChange={(scheme) => setColorScheme(scheme)}
      data={schemes.map((scheme) => ({ value: scheme, label: words.shell.colorSchemes[scheme] }))}
    />
  );
}
