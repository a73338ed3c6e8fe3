// Exits with 0 while the process in this container can serve: its port depends on its roles.
import { get } from 'node:http';

const { ROLES, PORT = '3000', OAUTH_SERVICE_PORT = '3001' } = process.env;
const port = ROLES === 'oauth' ? OAUTH_SERVICE_PORT : PORT;

get(`http://localhost:${port}/health/ready`, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)).on(
  'error',
  () => process.exit(1),
);
