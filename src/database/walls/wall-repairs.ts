import { tenantRole, type TenantWall } from './tenant-walls.js';

/** A table's wall as PostgreSQL's catalog has it. */
export interface FoundWall {
  table: string;
  /** Row-level security is enabled. */
  isWalled: boolean;
  /** The condition of the policy for the role, or null without one. */
  rows: string | null;
  privileges: readonly string[];
}

/**
 * The statements that give the tables found what they lack of the walls declared; none where all stands. They take and
 * change nothing: a table, a policy or a grant of a later release stays as it is.
 */
export function wallRepairs(
  declared: Readonly<Record<string, TenantWall>>,
  found: readonly FoundWall[],
): string[] {
  return found.flatMap((wall) => {
    const wanted = declared[wall.table];
    return wanted === undefined ? [] : tableRepairs(wanted, wall);
  });
}

function tableRepairs(wanted: TenantWall, { table, isWalled, rows, privileges }: FoundWall): string[] {
  const missing = wanted.privileges.filter((privilege) => !privileges.includes(privilege));
  return [
    ...(isWalled ? [] : [`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`]),
    ...(rows === null ? [`CREATE POLICY tenant_wall ON ${table} TO ${tenantRole} USING ${wanted.rows}`] : []),
    ...(missing.length === 0 ? [] : [`GRANT ${missing.join(', ')} ON ${table} TO ${tenantRole}`]),
  ];
}
