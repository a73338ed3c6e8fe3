import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { rows } from '../database/index.js';

export const defaultTenantName = 'default';

@Injectable()
export class Tenants {
  constructor(private readonly dataSource: DataSource) {}

  /** The id of the tenant with this id or name. */
  async find(idOrName: string): Promise<string | null> {
    const column = z.guid().safeParse(idOrName).success ? 'id' : 'name';
    const [tenant] = await rows<{ id: string }>(
      this.dataSource,
      `SELECT id FROM tenants WHERE ${column} = $1`,
      [idOrName],
    );
    return tenant?.id ?? null;
  }
}
