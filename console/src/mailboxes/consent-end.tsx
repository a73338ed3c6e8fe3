import { Center, MantineProvider, Stack, Text, Title } from '@mantine/core';
import { styleNonce } from '../nonce.js';
import { readableColors, theme } from '../theme.js';
import { words } from '../words.js';

/** What the window of a consent shows at its end, where it could not close itself. */
export function ConsentEnd() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={readableColors}
      getStyleNonce={styleNonce}
    >
      <Center component="main" mih="100vh" p="md">
        <Stack align="center">
          <Title order={1} size="h3">
            {words.connecting.doneTitle}
          </Title>
          <Text>{words.connecting.done}</Text>
        </Stack>
      </Center>
    </MantineProvider>
  );
}
