import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineTheme,
} from '@mantine/core';

/** Dark enough under white letters (WCAG 2.2, 1.4.3), and one family of the system's for all. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 9,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
});

/** Mantine's greys for what is less important are too light to read on white, and too dark on black. */
export function readableColors({ colors }: MantineTheme): ReturnType<CSSVariablesResolver> {
  return {
    variables: {},
    light: {
      '--mantine-color-dimmed': colors.gray[7],
      '--mantine-color-placeholder': colors.gray[7],
      '--mantine-color-error': colors.red[9],
      '--mantine-color-anchor': colors.teal[9],
      ...onHover(colors),
      ...onLight(colors, darkened),
      ...underPointer(colors),
    },
    dark: {
      '--mantine-color-dimmed': colors.dark[1],
      '--mantine-color-placeholder': colors.dark[1],
      '--mantine-color-error': colors.red[4],
      '--mantine-color-anchor': colors.teal[4],
      ...onHover(colors),
      ...onLight(colors, lightened),
      ...underPointer(colors),
    },
  };
}

/** Filled buttons become lighter under the pointer where their shade is the darkest, too light for white letters. */
function onHover(colors: MantineTheme['colors']) {
  return Object.fromEntries(
    Object.entries(colors).map(([color, shades]) => [
      `--mantine-color-${color}-filled-hover`,
      `color-mix(in srgb, ${shades[9]} 88%, black)`,
    ]),
  );
}

/** Letters on a light background of the same colour, as in badges and alerts. */
function onLight(colors: MantineTheme['colors'], letters: (shades: MantineColorsTuple) => string) {
  return Object.fromEntries(
    Object.entries(colors)
      .filter(([color]) => color !== 'dark')
      .map(([color, shades]) => [`--mantine-color-${color}-light-color`, letters(shades)]),
  );
}

/** Mantine makes buttons under the pointer lighter, too light for white letters. */
function underPointer(colors: MantineTheme['colors']) {
  return Object.fromEntries(
    Object.entries(colors).map(([color, shades]) => [
      `--mantine-color-${color}-filled-hover`,
      `color-mix(in srgb, ${shades[9]} 85%, black)`,
    ]),
  );
}

function darkened(shades: MantineColorsTuple): string {
  return `color-mix(in srgb, ${shades[9]} 55%, black)`;
}

function lightened(shades: MantineColorsTuple): string {
  return shades[2];
}
