import { Alert, Stack, Text } from '@mantine/core';
import { BeakerIcon } from '@primer/octicons-react';
import { words } from '../../words.js';
import { CopiedText } from './copied-text.js';
import type { Setup } from './setup-queries.js';

const texts = words.setup;
/** Without them nothing is sent to Google. */
const variables = `GOOGLE_CLIENT_ID=…apps.googleusercontent.com
GOOGLE_CLIENT_SECRET=…`;

/** Says so where it is not Google that mailboxes are connected to, and how to change that. */
export function WhatIsConnected({ setup: { google, publicUrl } }: { setup: Setup }) {
  switch (google) {
    case 'google':
      return null;
    case 'sandbox':
      return (
        <Alert color="blue" icon={<BeakerIcon />} title={texts.sandboxTitle}>
          <Stack gap="sm">
            <Text size="sm">{texts.sandbox}</Text>
            <CopiedText label={texts.variables} text={`${variables}\nPUBLIC_URL=${publicUrl}`} />
            <Text size="sm">{texts.sandboxEnd}</Text>
          </Stack>
        </Alert>
      );
    case 'stand-in':
      return (
        <Alert color="yellow" icon={<BeakerIcon />} title={texts.standInTitle}>
          <Text size="sm">{texts.standIn}</Text>
        </Alert>
      );
  }
}
