import { get } from 'node:http'
import { loadSettings, type Settings } from '../settings/settings.ts'
import type { Command } from './command.ts'

const patienceMs = 4000

/** What the image's HEALTHCHECK runs: no curl and no shell are needed. */
export const healthcheckCommand: Command = {
  usage: '',
  summary: 'asks the service on this machine whether it is alive',
  async run(_, env, terminal) {
    const problem = await unhealthy(loadSettings(env))
    if (problem) terminal.err(problem)
    return problem ? 1 : 0
  },
}

/** Why the service with these settings is not healthy; undefined when it is. */
function unhealthy({ host, port }: Pick<Settings, 'host' | 'port'>): Promise<string | undefined> {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return new Promise((resolve) => {
    const request = get(
      { host: reachable, port, path: '/livez', timeout: patienceMs, agent: false },
      (response) => {
        response.resume()
        resolve(response.statusCode === 200 ? undefined : `/livez answers ${response.statusCode}`)
      },
    )
    request.on('timeout', () => request.destroy(new Error(`no answer within ${patienceMs} ms`)))
    request.on('error', (error) => resolve(`${reachable}:${port}: ${error.message}`))
  })
}
