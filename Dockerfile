FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# With the optional packages, among which is the machine code of the console's bundler; no install script is needed.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json main.ts ./
COPY migrations migrations
COPY sandbox sandbox
COPY src src
COPY console console
RUN npm run build

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Optional packages are Node itself, the embedded PostgreSQL and machine code of compilers.
RUN npm ci --ignore-scripts --omit=dev --omit=optional --no-audit --no-fund
# They are there for `npm start`, which builds; here it is built already.
RUN cd node_modules && rm -rf typescript @types vite rolldown lightningcss react react-dom @mantine @primer @tanstack wouter

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY deploy/healthcheck.js deploy/
COPY docs/openapi.json docs/
RUN mkdir /data && chown node:node /data
ENV DATA_DIR=/data
USER node
EXPOSE 3000 3001
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "deploy/healthcheck.js"]
CMD ["node", "dist/main.js"]
