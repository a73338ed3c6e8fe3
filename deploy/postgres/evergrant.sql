-- Run once by the image of PostgreSQL, as its superuser, while the data directory is empty: Evergrant gets a user and a
-- database of its own, and is no superuser. From then on the superuser has no password, so that it is reached from
-- inside of the container only: docker compose exec postgres psql -U postgres
\getenv password POSTGRES_PASSWORD
CREATE ROLE evergrant_tenant NOLOGIN;
CREATE ROLE evergrant LOGIN PASSWORD :'password';
GRANT evergrant_tenant TO evergrant;
CREATE DATABASE evergrant OWNER evergrant;
ALTER ROLE postgres PASSWORD NULL;
