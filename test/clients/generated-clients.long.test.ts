import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Service, startService } from '../http/service.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const generators = join(root, 'tools/generators/node_modules')

/** Of somebody who compiles a generated client. */
const compilerOptions = {
  target: 'es2022',
  module: 'nodenext',
  outDir: 'dist',
  strict: true,
  skipLibCheck: true,
  lib: ['es2022', 'dom', 'dom.iterable'],
  typeRoots: [join(root, 'node_modules/@types')],
  types: ['node'],
}

let folder: string
let service: Service
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskscore-generated-'))
  await symlink(generators, join(folder, 'node_modules'))
  service = await startService()
})
afterAll(async () => {
  await service.close()
  await rm(folder, { recursive: true, force: true })
})

describe('what generators make of openapi.yaml', () => {
  it('by openapi-typescript are the types of the TypeScript client (npm run docs writes them)', async () => {
    const types = join(folder, 'types.ts')
    const args = [join(generators, 'openapi-typescript/bin/cli.js'), 'openapi.yaml', '-o', types]
    await run(process.execPath, args, { cwd: root })
    expect(await readFile(join(root, 'clients/typescript/src/types.ts'), 'utf8')).toBe(
      await readFile(types, 'utf8'),
    )
  })

  it('by hey-api is a client that sends masks as files of a form, and is answered', async () => {
    const hey = join(generators, '@hey-api/openapi-ts/bin/run.js')
    await mkdir(join(folder, 'hey'))
    await run(process.execPath, [hey, '-i', join(root, 'openapi.yaml'), '-o', join(folder, 'hey/client')], {
      cwd: folder,
    })
    const [truth, prediction] = ['ground-truth', 'prediction'].map((name) =>
      join(root, `examples/pair/${name}.png`),
    )
    await writeFile(
      join(folder, 'hey/score.ts'),
      `import { openAsBlob } from 'node:fs'
import { client } from './client/client.gen.js'
import { postScore } from './client/index.js'
client.setConfig({ baseUrl: ${JSON.stringify(service.url)} })
const ground_truth = await openAsBlob(${JSON.stringify(truth)})
const prediction = await openAsBlob(${JSON.stringify(prediction)})
const { data, error } = await postScore({ body: { ground_truth, prediction, options: { families: ['information'] } as never } })
console.log(JSON.stringify({ loss: data?.mi_loss, overlap: data?.overlap, error }))
`,
    )
    await writeFile(join(folder, 'hey/package.json'), '{"type": "module"}')
    await writeFile(
      join(folder, 'hey/tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['**/*.ts'] }),
    )
    await run(process.execPath, [join(generators, 'typescript/bin/tsc'), '-p', '.'], {
      cwd: join(folder, 'hey'),
    })
    const { stdout } = await run(process.execPath, ['dist/score.js'], { cwd: join(folder, 'hey') })
    expect(JSON.parse(stdout)).toEqual({ loss: 0.1723121168949473 })
  })
})
