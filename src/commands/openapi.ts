import { parseArgs } from 'node:util'
import { asYaml } from '../openapi/yaml.ts'
import type { Command } from './command.ts'
import { contractDocument } from './contract-document.ts'

export const openapiCommand: Command = {
  usage: '[--json]',
  summary: 'the contract of the service as OpenAPI, in YAML or JSON',
  async run(args, _, terminal) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } })
    const document = await contractDocument()
    terminal.out(values.json ? JSON.stringify(document, null, 2) : asYaml(document).trimEnd())
    return 0
  },
}
