import { Text } from '@mantine/core';
import { Link } from 'wouter';
import { answered, api } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import { personKeys } from '../../people/person-keys.js';
import { PagedList } from '../../shell/paged-list.js';
import { Page } from '../../shell/page.js';
import rows from '../../shell/rows.module.css';
import { ShownText } from '../../text/shown-text.js';
import { When } from '../../text/when.js';
import { words } from '../../words.js';

/** Who signed in with Google. */
export default function PeoplePage() {
  const people = usePages({
    queryKey: personKeys.list,
    ask: (page, signal) => answered(api.GET('/api/people', { params: { query: page }, signal })),
  });
  return (
    <Page title={words.people.title}>
      <Text c="dimmed">{words.people.lead}</Text>
      <PagedList pages={people} empty={words.people.empty}>
        {(items) => (
          <ul className={rows.list} aria-label={words.people.title}>
            {items.map(({ id, email, clients, mailboxes, lastSignInAt }) => (
              <li key={id}>
                <Link href={`/people/${id}`} className={rows.link}>
                  <strong>
                    <ShownText text={email} />
                  </strong>
                  <span className={rows.second}>{words.people.counts(clients.length, mailboxes.length)}</span>
                  <span className={rows.second}>
                    {words.people.lastSignIn} <When at={lastSignInAt} />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </PagedList>
    </Page>
  );
}
