import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { SleepingOrder } from './sleeping-worker.ts'

const root = join(import.meta.dirname, '../..')

/** Another process that works on evaluations. */
export interface WorkerProcess {
  readonly pid: number
  stop(): Promise<void>
}

/** `maskscore work`, when it has said that it works. */
export const startWorker = (environment: Readonly<Record<string, string>>): Promise<WorkerProcess> =>
  started(
    spawn(process.execPath, ['--max-semi-space-size=4', join(root, 'src/cli.ts'), 'work'], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
  )

/** A worker whose items sleep. */
export const startSleepingWorker = (order: SleepingOrder): Promise<WorkerProcess> =>
  started(
    spawn(process.execPath, [join(import.meta.dirname, 'sleeping-worker.ts'), JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )

async function started(child: ChildProcess): Promise<WorkerProcess> {
  const output = child.stdout ?? child.stderr!
  await new Promise<void>((resolve, reject) => {
    let told = ''
    child.once('exit', () => reject(new Error(`a worker has ended: ${told}`)))
    output.on('data', (bytes) => {
      told += bytes
      if (told.includes('working')) resolve()
    })
  })
  return {
    pid: child.pid!,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
