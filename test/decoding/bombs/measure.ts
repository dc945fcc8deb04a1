import { readFileSync } from 'node:fs'
import { defaultLimits } from '../../../src/limits.ts'
import type { RequestBody } from '../../../src/tasks/task.ts'
import { perform } from '../../../src/workers/perform.ts'
import { writePngSamples } from '../../oracle/png-writer.ts'

export interface BombFile {
  readonly path: string
  /** Whether the file is the whole JSON body of the request. */
  readonly isBody: boolean
  /** Whether options lie beside it, in `<path>.options`. */
  readonly hasOptions: boolean
}

/**
 * Inspects the files named by the first argument in turn, in a process of its own and as a worker of the service does.
 * Writes what came of each as JSON: the outcome, CPU milliseconds, and the peak of resident memory above the first one.
 */
const files: readonly BombFile[] = JSON.parse(process.argv[2])
const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
const inspect = (body: RequestBody) => perform({ call: 'inspect', body }, context)

function bodyOf({ path, isBody, hasOptions }: BombFile): RequestBody {
  const bytes = readFileSync(path)
  if (isBody) return { type: 'json', bytes }
  const parts = [{ name: 'mask', bytes }]
  if (hasOptions) parts.push({ name: 'options', bytes: readFileSync(`${path}.options`) })
  return { type: 'parts', parts }
}

// What every process pays once is not the bombs': the decoders are loaded and run, and the files read, before.
const small = { width: 9, height: 9, bitDepth: 8, samples: new Uint16Array(243) }
for (const colourType of [0, 2])
  await inspect({
    type: 'parts',
    parts: [{ name: 'mask', bytes: writePngSamples({ ...small, colourType }) }],
  })
const bodies = files.map(bodyOf)

const memory = process.resourceUsage().maxRSS
const blasts = []
for (const body of bodies) {
  const cpu = process.cpuUsage()
  const end = await inspect(body)
  const { user, system } = process.cpuUsage(cpu)
  const grownBytes = (process.resourceUsage().maxRSS - memory) * 1024
  blasts.push({ outcome: end.ok ? 'labels' : end.code, cpuMs: (user + system) / 1000, grownBytes })
}
console.log(JSON.stringify(blasts))
