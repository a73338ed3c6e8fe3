import { Button, Stack } from '@mantine/core';
import { DownloadIcon } from '@primer/octicons-react';
import { useMutation } from '@tanstack/react-query';
import { answered, api } from '../../api/client.js';
import { chosenTenant } from '../../api/tenant-choice.js';
import { ErrorNote } from '../../shell/error-note.js';
import { words } from '../../words.js';

const fileName = 'audit.jsonl';

/** The whole log as JSON lines. A link can name no other tenant than the session's own: then it is fetched. */
export function ExportLink() {
  const fetched = useMutation({
    mutationFn: async () => {
      save(await answered(api.GET('/api/audit/export', { parseAs: 'blob' })));
    },
  });
  if (chosenTenant() === null)
    return (
      <Button component="a" href="/api/audit/export" download={fileName} leftSection={<DownloadIcon />}>
        {words.audit.export}
      </Button>
    );
  return (
    <Stack gap="xs">
      <Button leftSection={<DownloadIcon />} loading={fetched.isPending} onClick={() => fetched.mutate()}>
        {words.audit.export}
      </Button>
      {fetched.error && <ErrorNote error={fetched.error} />}
    </Stack>
  );
}

function save(blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName });
  link.click();
  URL.revokeObjectURL(url);
}
