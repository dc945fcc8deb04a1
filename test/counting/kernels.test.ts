import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }

const root = join(import.meta.dirname, '../..')
const { scripts } = packageJson

describe('the compiled kernels', () => {
  it.each([
    ['src/counting/kernels/kernels.wasm', scripts['kernels:counting']],
    ['src/evaluations/bootstrap/kernels/replicates.wasm', scripts['kernels:replicates']],
  ])('are what `npm run kernels` makes of their sources: %s', async (compiledPath, script) => {
    const [command, ...flags] = script.split(' ')
    expect(command).toBe('asc')
    let built = new Uint8Array()
    const { error, stderr } = await asc.main([...flags, '--baseDir', root], {
      writeFile: (name, contents) => {
        expect(name).toBe(compiledPath)
        built = contents as Uint8Array<ArrayBuffer>
      },
    })
    expect(error, stderr.toString()).toBeNull()
    expect(Buffer.from(built).equals(readFileSync(join(root, compiledPath)))).toBe(true)
  })
})
