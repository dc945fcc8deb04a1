import { readFileSync } from 'node:fs'
import { decodeMask } from '../../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../../src/labels/limits.ts'
import { Refusal } from '../../../src/problems.ts'
import { writePngSamples } from '../../oracle/png-writer.ts'

/**
 * Decodes the file named by the first argument with the options of the second, in a process of its own, and writes
 * what came of it as JSON: the outcome, CPU milliseconds, and by how much the peak of resident memory grew.
 */
const [path, options] = process.argv.slice(2)
const bytes = readFileSync(path)
// What every process pays once is not the bomb's: the decoder is loaded and run before.
const small = { width: 9, height: 9, bitDepth: 8, colourType: 0, samples: new Uint16Array(81) }
await decodeMask(writePngSamples(small), {}, defaultLimits)

const memory = process.resourceUsage().maxRSS
const cpu = process.cpuUsage()
const outcome = await decodeMask(bytes, JSON.parse(options), defaultLimits).then(
  () => 'labels',
  (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
)
const { user, system } = process.cpuUsage(cpu)
const grownBytes = (process.resourceUsage().maxRSS - memory) * 1024
console.log(JSON.stringify({ outcome, cpuMs: (user + system) / 1000, grownBytes }))
