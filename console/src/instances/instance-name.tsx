import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { answered, api } from '../api/client.js';
import { instanceKeys } from '../api/instance-cache.js';
import { useSession } from '../api/session.js';
import { ShownText } from '../text/shown-text.js';
import { words } from '../words.js';

/** What an instance is called; its id for those who may not read it, and for one that is gone. */
export function InstanceName({ id, isLink = false }: { id: string; isLink?: boolean }) {
  const mayRead = useSession().rights.includes('instances:read');
  const { data, isError } = useQuery({
    queryKey: instanceKeys.one(id),
    queryFn: ({ signal }) => answered(api.GET('/api/instances/{id}', { params: { path: { id } }, signal })),
    enabled: mayRead,
    retry: false,
  });
  if (data === undefined)
    return <span title={id}>{isError || !mayRead ? words.texts.shortId(id) : '…'}</span>;
  const name = <ShownText text={data.name} />;
  if (!isLink) return name;
  return (
    <Anchor component={Link} href={`/mailboxes/${id}`} inherit>
      {name}
    </Anchor>
  );
}
