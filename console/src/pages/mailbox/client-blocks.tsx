import {
  Alert,
  Anchor,
  Button,
  Code,
  CopyButton,
  Group,
  PasswordInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
} from '@mantine/core';
import { useState } from 'react';
import { mcpClients, type ClientBlock } from '../../../../src/first-run/mcp-clients.js';
import { newTokenOf } from '../../mailboxes/new-tokens.js';
import type { Mailbox } from '../../mailboxes/state-badge.js';
import { words } from '../../words.js';
import { Section } from '../../shell/section.js';

const texts = words.clients;
const [firstClient] = mcpClients;

/** How each MCP client is told of the mailbox. */
export function ClientBlocks({ mailbox: { id, mcpUrl } }: { mailbox: Mailbox }) {
  const shown = newTokenOf(id);
  const [token, setToken] = useState(shown ?? '');
  return (
    <Section title={words.mailbox.tabs.clients}>
      <Block label={texts.url} text={mcpUrl} />
      <Alert color={shown === null ? 'blue' : 'teal'}>
        {shown === null ? texts.tokenUnknown : texts.tokenOnce}
      </Alert>
      <PasswordInput
        label={texts.token}
        autoComplete="off"
        value={token}
        onChange={({ currentTarget }) => setToken(currentTarget.value)}
      />
      <ClientChoice url={mcpUrl} token={token.trim() || texts.placeholder} />
    </Section>
  );
}

function ClientChoice({ url, token }: { url: string; token: string }) {
  const [name, setName] = useState(firstClient?.name ?? '');
  const [way, setWay] = useState<string>('token');
  const client = mcpClients.find((each) => each.name === name);
  if (client === undefined) return null;
  const takesToken = client.withToken !== null;
  const withToken = way === 'token' ? client.withToken : null;
  const blocks = withToken?.({ url, token }) ?? client.bySigningIn({ url, token: null });
  return (
    <>
      <Group align="end">
        <Select
          label={texts.clientLabel}
          allowDeselect={false}
          flex="1 1 14rem"
          data={mcpClients.map((each) => each.name)}
          value={name}
          onChange={(chosen) => setName(chosen ?? name)}
        />
        {takesToken && (
          <SegmentedControl
            aria-label={texts.token}
            value={way}
            onChange={setWay}
            data={[
              { value: 'token', label: texts.withToken },
              { value: 'sign-in', label: texts.bySigningIn },
            ]}
          />
        )}
      </Group>
      {client.callsFromOutside && <Text size="sm">{texts.outside}</Text>}
      {blocks.map((block) => (
        <ClientWords key={block.kind + block.text} block={block} />
      ))}
      <Anchor href={client.documentation} target="_blank" rel="noreferrer" size="sm">
        {texts.documentation}
      </Anchor>
    </>
  );
}

function ClientWords({ block }: { block: ClientBlock }) {
  switch (block.kind) {
    case 'steps':
      return <Text size="sm">{block.text}</Text>;
    case 'link':
      return (
        <Button
          component="a"
          href={block.text}
          target="_blank"
          rel="noreferrer"
          variant="default"
          w="fit-content"
        >
          {texts.open}
        </Button>
      );
    case 'json':
      return <Block label={texts.fileHint(block.file)} text={block.text} />;
    case 'command':
      return <Block label={null} text={block.text} />;
  }
}

function Block({ label, text }: { label: string | null; text: string }) {
  return (
    <Stack gap={4}>
      {label !== null && <Text size="sm">{label}</Text>}
      <Code block className="wrapped">
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" w="fit-content" onClick={copy}>
            {copied ? texts.copied : texts.copy}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}
