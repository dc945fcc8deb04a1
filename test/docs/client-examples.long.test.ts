import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { zipOf } from '../annotations/zip-writer.ts'
import { python } from '../clients/machine-python.ts'
import { type EvaluatedService, startEvaluations } from '../evaluations-http/evaluated-service.ts'
import { fencedBlocks, root } from './fenced-blocks.ts'
import { exampleMask, writeFiles } from './typed-pages.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'maskscore-client-examples-'))
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))

let service: EvaluatedService
beforeAll(async () => {
  service = await startEvaluations({}, false)
})
afterAll(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The code of a page in one language, talking to the service of this test. */
const codeOf = (page: string, language: string) =>
  fencedBlocks(page)
    .filter((block) => block.language === language)
    .map(({ text }) => text)
    .join('\n')
    .replaceAll('http://127.0.0.1:8080', service.url)

const [truth, prediction] = ['ground-truth', 'prediction'].map((name) =>
  join(root, `examples/pair/${name}.png`),
)

describe('the examples of the clients', () => {
  it.skipIf(python === undefined)(
    'in Python run from the first line to the last (skipped without Python)',
    async () => {
      writeFiles(
        {
          'ground-truth/a.png': exampleMask(0, 0, 0, 1, 1, 1),
          'predictions.zip': zipOf({ name: 'a.png', content: exampleMask(0, 0, 1, 1, 1, 1) }),
          'example.py': `
import sys, types
try:
    import pandas
except ImportError:
    # Enough of it for a list of flat dicts.
    pandas = types.SimpleNamespace(DataFrame=lambda rows: [{**row} for row in rows])
truth, prediction = ${JSON.stringify(truth)}, ${JSON.stringify(prediction)}
${codeOf('clients/python/README.md', 'python')}
print(report.mi_loss, run.complete, len(run.rows()), report._repr_html_().count("<img"))
`,
        },
        folder,
      )
      const env = { ...process.env, PYTHONPATH: join(root, 'clients/python'), PYTHONDONTWRITEBYTECODE: '1' }
      const { stdout } = await run(python as string, ['example.py'], { cwd: folder, env })
      expect(stdout.trim().split('\n').at(-1)).toBe('0.1723121168949473 True 1 1')
    },
  )

  it('in TypeScript run and are typed, as is the example of a route', async () => {
    const client = codeOf('clients/typescript/README.md', 'ts').replace(
      "'maskscore-client'",
      `'${join(root, 'clients/typescript/src/client.ts')}'`,
    )
    writeFiles(
      {
        'client.ts': `import { readFile } from 'node:fs/promises'
const [truth, prediction] = await Promise.all(${JSON.stringify([truth, prediction])}.map(async (path) => new Uint8Array(await readFile(path))))
${client}`,
        'route.ts': `import type { FastifyInstance, RouteHandlerMethod } from 'fastify'
import { z } from 'zod'
import type { RouteContract } from '${join(root, 'src/openapi/route-contract.ts')}'
export function capacityRoute(app: FastifyInstance, handler: RouteHandlerMethod): void {
${codeOf('routes/README.md', 'ts')}
}`,
        'package.json': '{"type": "module"}',
        'tsconfig.json': JSON.stringify({
          extends: join(root, 'tsconfig.json'),
          compilerOptions: {
            lib: ['es2024', 'es2025.float16', 'dom', 'dom.iterable'],
            noUnusedLocals: false,
            typeRoots: [join(root, 'node_modules/@types')],
          },
          include: ['*.ts'],
        }),
      },
      folder,
    )
    await run(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd: folder }).catch(({ stdout }) => {
      throw new Error(stdout)
    })
    const { stdout } = await run(process.execPath, ['client.ts'], { cwd: folder })
    expect(stdout).toMatch(/^0\.1723121168949473 0\.7800365883863347 \[\] \{\}/)
  })
})
