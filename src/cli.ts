#!/usr/bin/env node
import { cacheCompiledCode } from './compile-cache.ts'
import { sizeThreadPool } from './thread-pool.ts'

cacheCompiledCode(process.env)
sizeThreadPool(process.env)
const { runCommand } = await import('./commands/run-command.ts')
process.exitCode = await runCommand(process.argv.slice(2), process.env, {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
})
