#!/usr/bin/env node
// Plain JavaScript, so that a Node that cannot read the rest still says what to do.
const needed = 24
if (Number.parseInt(process.versions.node, 10) < needed) {
  console.error(
    `maskscore needs Node ${needed}, and this is Node ${process.versions.node}. In a clone \`npm ci\` brings Node ${needed} along: run ` +
      '`npx maskscore` there, or `npm run score`. Elsewhere install it from https://nodejs.org.',
  )
  process.exitCode = 1
} else await import('../src/cli.ts')
