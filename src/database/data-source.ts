import { DataSource } from 'typeorm';
import { ConfigurationError, loadEnvironment } from '../config/index.js';
import { databaseOptions } from './database-options.js';

const { DATABASE_DIRECT_URL, DATABASE_URL } = loadEnvironment(process.env);
const url = DATABASE_DIRECT_URL ?? DATABASE_URL;
if (url === undefined) throw new ConfigurationError('DATABASE_URL', 'names the database to migrate');

/** For the TypeORM command line: `typeorm migration:run -d dist/src/database/data-source.js`. */
export default new DataSource(databaseOptions(url));
