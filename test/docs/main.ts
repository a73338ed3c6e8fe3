import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { readmeFile, withClientSection } from './client-section.js';

// `npm run readme`: writes README's section on MCP clients anew.
const readme = withClientSection(readFileSync(readmeFile, 'utf8'));
writeFileSync(
  readmeFile,
  await format(readme, { ...(await resolveConfig(readmeFile)), filepath: readmeFile }),
);
