import { readFileSync } from 'node:fs'
import { defaultLimits } from '../../../src/labels/limits.ts'
import type { RequestBody } from '../../../src/scoring/task.ts'
import { perform } from '../../../src/workers/perform.ts'
import { writePngSamples } from '../../oracle/png-writer.ts'

/**
 * Inspects the file named by the first argument, in a process of its own and as a worker of the service does, and
 * writes what came of it as JSON: the outcome, CPU milliseconds, and by how much the peak of resident memory grew.
 * The second argument says whether the file is the whole body; the third names a file of options.
 */
const [path, isBody, options] = process.argv.slice(2)
const bytes = readFileSync(path)
const parts = [{ name: 'mask', bytes }]
const body: RequestBody =
  isBody === 'true'
    ? { type: 'json', bytes }
    : {
        type: 'parts',
        parts: options ? [...parts, { name: 'options', bytes: readFileSync(options) }] : parts,
      }
const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
const inspect = (of: RequestBody) => perform({ call: 'inspect', body: of }, context)

// What every process pays once is not the bomb's: the decoders are loaded and run before.
const small = { width: 9, height: 9, bitDepth: 8, samples: new Uint16Array(243) }
for (const colourType of [0, 2])
  await inspect({
    type: 'parts',
    parts: [{ name: 'mask', bytes: writePngSamples({ ...small, colourType }) }],
  })

const memory = process.resourceUsage().maxRSS
const cpu = process.cpuUsage()
const end = await inspect(body)
const { user, system } = process.cpuUsage(cpu)
const grownBytes = (process.resourceUsage().maxRSS - memory) * 1024
const outcome = end.ok ? 'labels' : end.code
console.log(JSON.stringify({ outcome, cpuMs: (user + system) / 1000, grownBytes }))
