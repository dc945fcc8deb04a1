import { afterEach, describe, expect, it, vi } from 'vitest'
import { environmentName, metaOf, type SettingKey, settingKeys } from '../../src/settings/schema.ts'
import { loadSettings } from '../../src/settings/settings.ts'
import { score, startService, stopServices } from './service.ts'

afterEach(stopServices)

/** Rehearsed, as in use: the shortest time limit is no time to start a thread in. */
const parts = { worker: new URL('../workers/stand-in.ts', import.meta.url) }

/** Values from far below to far beyond what any setting of a kind takes, smallest first. */
const values: Readonly<Record<string, readonly string[]>> = {
  count: ['0', '1', '2', '100', '1000', '65535', '1000000', '2147483647', '4294967295', '9007199254740991'],
  duration: ['0', '1ms', '10ms', '100ms', '1s', '60s', '24h', '25h', '600h', '100000h'],
  bytes: ['0', '1B', '1KB', '64KB', '1MB', '1GB', '1000GB', '1000000GB'],
  rate: ['1/1ms', '1/1s', '100/24h', '1000000000/24h', '1/600h'],
}
/** More threads than a machine has cores are slow to start, and a port is given by the test. */
const leftOut: readonly SettingKey[] = ['threads', 'port', 'telemetryPort']

const isAccepted = (env: Record<string, string>): boolean => {
  try {
    loadSettings(env)
    return true
  } catch {
    return false
  }
}

/** The smallest and the largest value of each setting that is accepted beside the defaults of the others. */
const extremes = settingKeys
  .filter((key) => !leftOut.includes(key))
  .flatMap((key) => {
    const name = environmentName(key)
    const accepted = (values[metaOf(key).kind] ?? []).filter((value) => isAccepted({ [name]: value }))
    return [...new Set([accepted.at(0), accepted.at(-1)])].flatMap((value) =>
      value === undefined ? [] : [[name, value] as const],
    )
  })

describe('whatever is accepted as a setting works at start', () => {
  it('is tried with the extremes of many settings', () => {
    expect(extremes.length).toBeGreaterThan(40)
  })

  it.each(extremes)('%s=%s', async (name, value) => {
    const warnings = vi.spyOn(process, 'emitWarning')
    const service = await startService({ [name.replace('MASKSCORE_', '')]: value }, parts)
    expect((await score(service, {})).status).toBe(200)
    expect(warnings.mock.calls.map(([text]) => String(text))).toEqual([])
    warnings.mockRestore()
  })
})
