import { Button, Checkbox, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiError } from '../../api/api-error.js';
import { ErrorNote } from '../../shell/error-note.js';
import { words } from '../../words.js';
import type { Webhook } from './webhook-queries.js';

const texts = words.webhooks;
type EventType = NonNullable<Webhook['events']>[number];
type Input = Pick<Webhook, 'url' | 'events'>;

/** Which a webhook may be told; the test is sent on request alone. */
const eventTypes = (Object.keys(texts.events) as (keyof typeof texts.events)[]).filter(
  (type): type is EventType => type !== 'webhook.test',
);

interface WebhookFormProps {
  initial: Input;
  button: string;
  isPending: boolean;
  error: Error | null;
  onSubmit: (input: Input) => void;
  onCancel: () => void;
}

/** Where events go, and which. */
export function WebhookForm({ initial, button, isPending, error, onSubmit, onCancel }: WebhookFormProps) {
  const [url, setUrl] = useState(initial.url);
  const [isSome, setIsSome] = useState(initial.events !== null);
  const [some, setSome] = useState<string[]>(initial.events ?? []);
  const [lacksEvents, setLacksEvents] = useState(false);
  const aboutUrl = error instanceof ApiError && error.facts.field === 'url' ? error : null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = eventTypes.filter((type) => some.includes(type));
    setLacksEvents(isSome && chosen.length === 0);
    if (!isSome || chosen.length > 0) onSubmit({ url: url.trim(), events: isSome ? chosen : null });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {error && !aboutUrl && <ErrorNote error={error} />}
        <TextInput
          data-autofocus
          label={texts.url}
          description={texts.urlHint}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          required
          withAsterisk={false}
          maxLength={2_000}
          value={url}
          error={aboutUrl && texts.it(aboutUrl.message)}
          onChange={({ currentTarget }) => setUrl(currentTarget.value)}
        />
        <Radio.Group
          label={texts.told}
          value={isSome ? 'some' : 'all'}
          onChange={(value) => setIsSome(value === 'some')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="all" label={texts.allEvents} />
            <Radio value="some" label={texts.someEvents} />
          </Stack>
        </Radio.Group>
        {isSome && (
          <Checkbox.Group
            aria-label={texts.told}
            value={some}
            onChange={setSome}
            error={lacksEvents && texts.someNeeded}
          >
            <Stack gap="xs" pl="xl" mb="xs">
              {eventTypes.map((type) => (
                <Checkbox key={type} value={type} label={texts.events[type]} description={type} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={isPending}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
