import { EvergrantError } from '../../errors/index.js';
import { type GmailFilter, filterAnswer, filterListAnswer } from '../client/answers.js';
import type { MailboxRequests } from '../client/mailbox-requests.js';
import { pathSegment } from '../client/path-segment.js';
import { methodScopes } from '../method-scopes.js';
import { isSameFilter } from './same-filter.js';

/** A filter that is to be. https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters#Filter */
export type FilterResource = Omit<GmailFilter, 'id'>;

/** What a mailbox does with mail as it comes in. Every method throws as those of `Mailbox` do. */
export class Filters {
  constructor(private readonly requests: MailboxRequests) {}

  /** All of them; there are no pages. */
  async list(): Promise<GmailFilter[]> {
    const { filter } = await this.requests.get(filterListAnswer, 'settings/filters', {
      name: 'settings.filters.list',
      scopes: methodScopes.readFilters,
    });
    return filter;
  }

  async get(filterId: string): Promise<GmailFilter> {
    return this.requests.get(filterAnswer, filterPath(filterId), {
      name: 'settings.filters.get',
      scopes: methodScopes.readFilters,
    });
  }

  /** The filter that does the same. */
  async find(wanted: FilterResource): Promise<GmailFilter | undefined> {
    return (await this.list()).find((each) => isSameFilter(wanted, each));
  }

  /**
   * Creates a filter, unless there is the same.
   * @throws EvergrantError what Gmail refuses
   */
  async ensure(wanted: FilterResource): Promise<{ id: string; created: boolean }> {
    const before = await this.find(wanted);
    if (before !== undefined) return { id: before.id, created: false };
    try {
      return { id: (await this.create(wanted)).id, created: true };
    } catch (error) {
      // An attempt before this one, whose answer was lost, may have made it.
      const isRefused = error instanceof EvergrantError && error.code === 'VALIDATION_FAILED';
      const made = isRefused ? await this.find(wanted) : undefined;
      if (made === undefined) throw error;
      return { id: made.id, created: true };
    }
  }

  /** Mail that it has filed stays as it is. */
  async delete(filterId: string): Promise<void> {
    await this.requests.perform(
      { verb: 'DELETE', path: filterPath(filterId) },
      { name: 'settings.filters.delete', scopes: methodScopes.changeFilters },
    );
  }

  /** @throws EvergrantError `VALIDATION_FAILED` also for one that there is already, as a repeated attempt finds it */
  private async create(filter: FilterResource): Promise<GmailFilter> {
    return this.requests.postIdempotent(filterAnswer, 'settings/filters', filter, {
      name: 'settings.filters.create',
      scopes: methodScopes.changeFilters,
    });
  }
}

function filterPath(filterId: string): string {
  return `settings/filters/${pathSegment(filterId, 'filterId')}`;
}
