import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AbsentOAuthClients } from '../../credentials/index.js';
import { rows } from '../../database/index.js';
import { Clock, CostlyCount } from '../../resilience/index.js';
import { stateOf } from '../directory/instance-conditions.js';
import { instanceStates, type InstanceState } from '../directory/instance-state.js';
import { instancesWithCredentials } from '../directory/instance.js';

export type StateCounts = Record<InstanceState, number>;

interface StateCount {
  state: InstanceState;
  count: number;
}

/** How many instances are in which state. */
@Injectable()
export class InstanceCensus {
  private readonly everywhere: CostlyCount<StateCount>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly absentClients: AbsentOAuthClients,
    clock: Clock,
  ) {
    this.everywhere = new CostlyCount(clock, () => this.count(null));
  }

  /** Of one tenant, or, with null, of all; of all what was found stands for a while where counting takes long. */
  async byState(tenantId: string | null): Promise<StateCounts> {
    const found = await (tenantId === null ? this.everywhere.rows() : this.count(tenantId));
    const counts = new Map(found.map(({ state, count }) => [state, count]));
    const entries = instanceStates.map((state) => [state, counts.get(state) ?? 0] as const);
    return Object.fromEntries(entries) as StateCounts;
  }

  private async count(tenantId: string | null): Promise<StateCount[]> {
    const absent = await this.absentClients.ids();
    return rows(
      this.dataSource,
      `SELECT ${stateOf('$1')} AS state, count(*)::int AS count FROM ${instancesWithCredentials}
       ${tenantId === null ? '' : 'WHERE i.tenant_id = $2'} GROUP BY 1`,
      [[...absent], ...(tenantId === null ? [] : [tenantId])],
    );
  }
}
