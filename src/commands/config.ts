import { settingsTable } from '../settings/show.ts'
import { loadSettings } from '../settings.ts'
import type { Command } from './command.ts'

export const configCommand: Command = {
  usage: '',
  summary: 'the settings in effect, secrets masked',
  async run(_, env, terminal) {
    terminal.out(settingsTable(loadSettings(env)))
    return 0
  },
}
