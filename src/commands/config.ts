import { memoryBound } from '../settings/memory-bound.ts'
import { loadSettings } from '../settings/settings.ts'
import { settingsTable } from '../settings/show.ts'
import type { Command } from './command.ts'

export const configCommand: Command = {
  usage: '',
  summary: 'the settings in effect, secrets masked',
  async run(_, env, terminal) {
    const settings = loadSettings(env)
    terminal.out(settingsTable(settings))
    terminal.out(`\nmemory when everything happens at once: about ${inGB(memoryBound(settings))}`)
    return 0
  },
}

const inGB = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)}GB`
