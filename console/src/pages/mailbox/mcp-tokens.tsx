import { Alert, Button, Code, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { answered, api, done, type Schemas } from '../../api/client.js';
import { instanceKeys } from '../../api/instance-cache.js';
import { instant, sinceOrIn } from '../../format.js';
import type { Mailbox } from '../../mailboxes/state-badge.js';
import { Answer } from '../../shell/answer.js';
import { ErrorNote } from '../../shell/error-note.js';
import { words } from '../../words.js';
import { Section } from '../../shell/section.js';
import { Dialog } from '../../shell/dialog.js';

const texts = words.tokens;
const mostTokens = 200;
type McpToken = Schemas['McpTokenPage']['items'][number];

/** The MCP tokens of a mailbox: a new one, then the old ones are deleted when the clients have moved over. */
export function McpTokens({ mailbox: { id }, mayWrite }: { mailbox: Mailbox; mayWrite: boolean }) {
  const [isMaking, setIsMaking] = useState(false);
  const [leaving, setLeaving] = useState<McpToken | null>(null);
  const query = useQuery({
    queryKey: instanceKeys.part(id, 'mcp-tokens'),
    queryFn: () =>
      answered(
        api.GET('/api/instances/{id}/mcp-tokens', { params: { path: { id }, query: { limit: mostTokens } } }),
      ),
  });
  return (
    <Section title={texts.title}>
      <Answer query={query}>
        {({ items }) => <TokenTable tokens={items} onDelete={mayWrite ? setLeaving : null} />}
      </Answer>
      {mayWrite && (
        <Button w="fit-content" onClick={() => setIsMaking(true)}>
          {texts.rotate}
        </Button>
      )}
      {isMaking && <NewTokenDialog instanceId={id} onClose={() => setIsMaking(false)} />}
      {leaving && <DeletionDialog instanceId={id} token={leaving} onClose={() => setLeaving(null)} />}
    </Section>
  );
}

interface TokenTableProps {
  tokens: readonly McpToken[];
  onDelete: ((token: McpToken) => void) | null;
}

function TokenTable({ tokens, onDelete }: TokenTableProps) {
  if (tokens.length === 0) return <Text size="sm">{texts.none}</Text>;
  return (
    <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {[texts.prefix, texts.nameLabel, texts.used, texts.ends].map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tokens.map((token) => (
            <Table.Tr key={token.id}>
              <Table.Td>
                <Code>{token.prefix}…</Code>
              </Table.Td>
              <Table.Td>{token.name ?? texts.unnamed}</Table.Td>
              <Table.Td>{token.lastUsedAt === null ? texts.unused : sinceOrIn(token.lastUsedAt)}</Table.Td>
              <Table.Td>{token.expiresAt === null ? texts.endless : instant(token.expiresAt)}</Table.Td>
              <Table.Td>
                {onDelete && (
                  <Button
                    size="compact-xs"
                    variant="outline"
                    color="red"
                    aria-label={texts.removeLabel(token.prefix)}
                    onClick={() => onDelete(token)}
                  >
                    {texts.remove}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function NewTokenDialog({ instanceId, onClose }: { instanceId: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const creation = useMutation({
    mutationFn: () =>
      answered(
        api.POST('/api/instances/{id}/mcp-tokens', {
          params: { path: { id: instanceId } },
          body: { name: name.trim() || null, readOnly: false },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: instanceKeys.part(instanceId, 'mcp-tokens') }),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    creation.mutate();
  };
  return (
    <Dialog title={texts.rotateTitle} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{texts.rotateText}</Text>
          {creation.error && <ErrorNote error={creation.error} />}
          {creation.data ? (
            <Alert color="teal" title={texts.shown}>
              <Code block className="wrapped">
                {creation.data.mcpToken}
              </Code>
            </Alert>
          ) : (
            <TextInput
              data-autofocus
              label={texts.nameLabel}
              maxLength={200}
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {words.mailbox.close}
            </Button>
            {!creation.data && (
              <Button type="submit" loading={creation.isPending}>
                {texts.make}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface DeletionDialogProps {
  instanceId: string;
  token: McpToken;
  onClose: () => void;
}

function DeletionDialog({ instanceId, token, onClose }: DeletionDialogProps) {
  const queryClient = useQueryClient();
  const deletion = useMutation({
    mutationFn: () =>
      done(
        api.DELETE('/api/instances/{id}/mcp-tokens/{tokenId}', {
          params: { path: { id: instanceId, tokenId: token.id } },
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: instanceKeys.part(instanceId, 'mcp-tokens') });
      onClose();
    },
  });
  return (
    <Dialog title={texts.removeTitle(token.prefix)} onClose={onClose}>
      <Stack>
        {deletion.error && <ErrorNote error={deletion.error} />}
        <Text size="sm">{texts.removeText}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {words.mailbox.cancel}
          </Button>
          <Button color="red" loading={deletion.isPending} onClick={() => deletion.mutate()}>
            {texts.remove}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
