import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Command } from './command.ts'
import { generatedFiles } from './generated-files.ts'

export const docsCommand: Command = {
  usage: '[FOLDER]',
  summary: 'writes the reference pages and openapi.yaml',
  async run(args, _, terminal) {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true })
    const [folder = '.'] = positionals
    for (const [path, text] of Object.entries(await generatedFiles())) {
      const target = join(folder, path)
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, text)
      terminal.out(target)
    }
    return 0
  },
}
