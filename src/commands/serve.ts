import type { Command } from './command.ts'

export const serveCommand: Command = {
  usage: '',
  summary: 'starts the service, as `npm start` does',
  async run() {
    await import('../server.ts')
    return 0
  },
}
