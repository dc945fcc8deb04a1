import { Agent, get } from 'node:http'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ProbeTimes {
  /** Milliseconds of every answer 200. */
  readonly ms: readonly number[]
  /** Answers of another status, and none. */
  readonly failed: number
}

const everyMs = 50

/** Asks `/livez` and `/readyz` in turn, each on a connection of its own as a kubelet does, until `isOver`. */
export async function watchProbes(port: number, isOver: () => boolean): Promise<ProbeTimes> {
  const ms: number[] = []
  let failed = 0
  for (let n = 0; !isOver(); n++) {
    const start = performance.now()
    const status = await statusOf(port, n % 2 === 0 ? '/livez' : '/readyz')
    if (status === 200) ms.push(performance.now() - start)
    else failed++
    await sleep(everyMs)
  }
  return { ms, failed }
}

function statusOf(port: number, path: string): Promise<number> {
  const agent = new Agent({ keepAlive: false })
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path, agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    }).on('error', () => resolve(0))
  })
}
