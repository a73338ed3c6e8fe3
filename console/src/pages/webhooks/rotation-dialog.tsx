import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ErrorNote } from '../../shell/error-note.js';
import { Dialog } from '../../shell/dialog.js';
import { words } from '../../words.js';
import { SecretOnce } from './secret-once.js';
import { useSecretRotation } from './webhook-queries.js';

const texts = words.webhooks;
const usualOverlap = '86400';

/** Makes a new secret, and shows it, which is not to be closed by a slip. */
export function RotationDialog({ webhookId, onClose }: { webhookId: string; onClose: () => void }) {
  const [overlap, setOverlap] = useState(usualOverlap);
  const rotation = useSecretRotation(webhookId);
  const isAsking = rotation.data === undefined;
  return (
    <Dialog title={isAsking ? texts.rotateTitle : texts.secretTitle} onClose={onClose} isHeld={!isAsking}>
      {rotation.data ? (
        <SecretOnce secret={rotation.data.secret} onDone={onClose} />
      ) : (
        <Stack>
          {rotation.error && <ErrorNote error={rotation.error} />}
          <Text size="sm">{texts.rotateText}</Text>
          <Radio.Group label={texts.overlap} value={overlap} onChange={setOverlap}>
            <Stack gap="xs" mt="xs">
              {Object.entries(texts.overlaps).map(([seconds, label]) => (
                <Radio key={seconds} value={seconds} label={label} />
              ))}
            </Stack>
          </Radio.Group>
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button loading={rotation.isPending} onClick={() => rotation.mutate(Number(overlap))}>
              {texts.rotateNow}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
