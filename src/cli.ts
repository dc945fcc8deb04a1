#!/usr/bin/env node
import { cacheCompiledCode } from './compile-cache.ts'
import { sizeThreadPool } from './thread-pool.ts'

cacheCompiledCode(process.env)
sizeThreadPool(process.env)
const { runCommand } = await import('./commands/run-command.ts')
const { statusLine } = await import('./commands/status-line.ts')
// Who reads the output may stop reading, as `head` does. Results that go to a folder are written all the same.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
const line = statusLine(process.stderr)
const signals = ['SIGINT', 'SIGTERM'] as const
let stoppedBy: NodeJS.Signals | undefined
process.exitCode = await runCommand(process.argv.slice(2), process.env, {
  out(text) {
    line.clear()
    process.stdout.write(`${text}\n`)
  },
  err(text) {
    line.clear()
    process.stderr.write(`${text}\n`)
  },
  ...(process.stderr.isTTY && { status: line.draw }),
  onInterrupt(listener) {
    const stop = (signal: NodeJS.Signals) => {
      stoppedBy = signal
      forget()
      listener()
    }
    const forget = () => {
      for (const signal of signals) process.off(signal, stop)
    }
    for (const signal of signals) process.on(signal, stop)
    return forget
  },
})
// Whoever sent the signal is told that it ended the program, as if nobody had listened.
if (stoppedBy) process.kill(process.pid, stoppedBy)
