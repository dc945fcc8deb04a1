import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'

interface Watched {
  /** One shared 32-bit integer: the number of the file that is being decoded. */
  readonly current: Int32Array
  readonly limitMs: number
}

/**
 * Runs in a thread of its own beside the fuzzer, which cannot notice by itself that it hangs: ends the process when
 * the number of the current file has not changed for too long.
 */
const { current, limitMs }: Watched = workerData
let last = -1
let since = performance.now()
setInterval(() => {
  const file = Atomics.load(current, 0)
  if (file !== last) {
    last = file
    since = performance.now()
  } else if (performance.now() - since > limitMs) {
    writeSync(2, `file ${file} hangs: no answer for ${limitMs / 1000} s\n`)
    process.kill(process.pid, 'SIGKILL')
  }
}, 500)
