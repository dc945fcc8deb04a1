import { performance } from 'node:perf_hooks'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'

/** Decodes the two files of standard input again and again for as many seconds as argv says; prints how fast. */
sharp.concurrency(1)
sharp.cache(false)

const input = await buffer(process.stdin)
const middle = 8 + input.readUInt32LE(0)
const files = [input.subarray(8, middle), input.subarray(middle)]

async function decode(file: Buffer): Promise<void> {
  const wide = file[24] === 16
  await sharp(file)
    .toColourspace(wide ? 'grey16' : 'b-w')
    .raw({ depth: wide ? 'ushort' : 'uchar' })
    .toBuffer()
}

for (const file of files) await decode(file)
const cpuStart = process.cpuUsage()
const start = performance.now()
const end = start + 1000 * Number(process.argv[2])
let pairs = 0
do {
  for (const file of files) await decode(file)
  pairs++
} while (performance.now() < end)
const seconds = (performance.now() - start) / 1000
const cpu = process.cpuUsage(cpuStart)
process.stdout.write(
  JSON.stringify({
    perSecond: pairs / seconds,
    cpuMs: (cpu.user + cpu.system) / 1000 / pairs,
    peakMb: process.resourceUsage().maxRSS / 1000,
  }),
)
