import { Anchor, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { answered, api, type Schemas } from '../../api/client.js';
import { useSession } from '../../api/session.js';
import { InstanceName } from '../../instances/instance-name.js';
import { personKeys } from '../../people/person-keys.js';
import { Answer } from '../../shell/answer.js';
import { FactList } from '../../shell/fact-list.js';
import { Page } from '../../shell/page.js';
import { ShownText } from '../../text/shown-text.js';
import { When } from '../../text/when.js';
import { words } from '../../words.js';
import { Clients } from './clients.js';
import { RemovePerson } from './remove-person.js';

const { people: said } = words;

/** A person, their clients and mailboxes, and what ends these. */
export default function PersonPage() {
  const { id = '' } = useParams();
  const person = useQuery({
    queryKey: personKeys.one(id),
    queryFn: ({ signal }) => answered(api.GET('/api/people/{id}', { params: { path: { id } }, signal })),
  });
  return (
    <Page title={person.data?.email ?? said.one}>
      <Anchor component={Link} href="/people">
        {said.back}
      </Anchor>
      <Answer query={person}>{(read) => <Read person={read} />}</Answer>
    </Page>
  );
}

function Read({ person }: { person: Schemas['Person'] }) {
  const mayWrite = useSession().rights.includes('people:write');
  const { mailboxes, createdAt, lastSignInAt } = person;
  return (
    <Stack gap="xl">
      <FactList
        facts={[
          [said.email, <ShownText key="email" text={person.email} />],
          [said.firstSignIn, <When key="first" at={createdAt} />],
          [said.lastSignIn, <When key="last" at={lastSignInAt} />],
        ]}
      />
      <Clients person={person} mayWrite={mayWrite} />
      <section>
        <Title order={2} size="h4" mb="xs">
          {said.mailboxes}
        </Title>
        {mailboxes.length === 0 ? (
          <Text c="dimmed">{said.noMailboxes}</Text>
        ) : (
          <List>
            {mailboxes.map((id) => (
              <List.Item key={id}>
                <InstanceName id={id} isLink />
              </List.Item>
            ))}
          </List>
        )}
      </section>
      {mayWrite && <RemovePerson person={person} />}
    </Stack>
  );
}
