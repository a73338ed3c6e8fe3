import process from 'node:process';

// Static imports would load first, and what they load fails on an older Node with an error that says nothing.
const required = { major: 22, minor: 19 };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < required.major || (major === required.major && minor < required.minor)) {
  process.stderr.write(
    `Evergrant did not start: it needs Node.js ${required.major}.${required.minor} or newer, ` +
      `and this is ${process.versions.node}. After \`npm ci\`, \`npm start\` runs on the one it installs.\n`,
  );
  process.exit(1);
}
await import('./src/main.js');
