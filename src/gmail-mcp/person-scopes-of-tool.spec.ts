import { describe, expect, it } from '@jest/globals';
import { personScopes, type PersonScope } from '../instances/index.js';
import { lackingScopes } from './person-scopes-of-tool.js';
import { gmailTools } from './tools/index.js';

function opened(...allowed: PersonScope[]): string[] {
  return gmailTools.filter((tool) => lackingScopes(tool, allowed)?.length === 0).map(({ name }) => name);
}

const always = ['get_connection_status'];
const reading = [
  ...['search_messages', 'search_threads', 'get_message', 'get_messages', 'get_thread', 'get_links'],
  ...['get_attachment', 'list_labels', 'get_profile', 'list_changes', 'list_drafts', 'get_draft'],
  ...['watch_mailbox', 'stop_watch'],
];
const readingOfSettings = [
  ...['list_filters', 'get_filter', 'get_vacation', 'list_send_as', 'get_forwarding'],
  ...['list_forwarding_addresses', 'get_imap', 'get_pop', 'get_language'],
];
const writing = [
  ...['modify_message_labels', 'modify_thread_labels', 'create_draft', 'create_attachment_upload'],
  ...['update_draft', 'delete_draft', 'create_label', 'update_label', 'delete_label'],
  ...['batch_modify_messages', 'trash_message', 'untrash_message', 'trash_thread', 'untrash_thread'],
  'mark_spam',
];
const sending = ['send_message', 'reply_to_message', 'forward_message', 'create_attachment_upload'];
const changingSettings = ['create_filter', 'delete_filter', 'update_vacation', 'update_signature'];

describe('the tools that a client may use', () => {
  it.each<[PersonScope[], string[]]>([
    [[], []],
    [['gmail:read'], [...reading, ...readingOfSettings]],
    [['gmail:write'], writing],
    [['gmail:send'], sending],
    [['gmail:settings'], [...readingOfSettings, ...changingSettings]],
    [
      ['gmail:read', 'gmail:send'],
      [...reading, ...readingOfSettings, ...sending, 'unsubscribe'],
    ],
    [
      ['gmail:write', 'gmail:send'],
      [...new Set([...writing, ...sending]), 'send_draft'],
    ],
  ])('are with %j these', (allowed, tools) => {
    expect(opened(...allowed).sort()).toEqual([...always, ...tools].sort());
  });

  it('are with all scopes all but those that cannot be undone', () => {
    const others = gmailTools.filter(({ name }) => !opened(...personScopes).includes(name));
    expect(others.map(({ name }) => name)).toEqual([
      ...['delete_message', 'batch_delete_messages', 'update_forwarding'],
    ]);
  });
});

describe('what a client lacks', () => {
  const tool = (name: string) => gmailTools.find((each) => each.name === name)!;

  it.each<[string, PersonScope[], PersonScope[] | null]>([
    ['send_message', ['gmail:read', 'gmail:write'], ['gmail:send']],
    ['send_draft', ['gmail:read'], ['gmail:send', 'gmail:write']],
    ['get_vacation', [], ['gmail:read']],
    ['search_messages', ['gmail:write'], ['gmail:read']],
    ['search_messages', ['gmail:read'], []],
    ['delete_message', [...personScopes], null],
  ])('for %s with %j is %j', (name, allowed, lacking) => {
    expect(lackingScopes(tool(name), allowed)).toEqual(lacking);
  });
});
