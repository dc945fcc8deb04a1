import { createGzip } from 'node:zlib'
import { seededRandom } from './random.ts'

/** Sides of the volumes, and how many bodies lie in them. */
const [width, height, depth] = [512, 512, 600]
const bodies = 30
const headerBytes = 352

interface Body {
  readonly label: number
  readonly centre: readonly [x: number, y: number, z: number]
  readonly radius: number
}

/** Two gzipped NIfTIs of 512 × 512 × 600 voxels of int16: thirty balls, those of the prediction a little to the right. */
export async function volumePair(): Promise<{ readonly ground_truth: Buffer; readonly prediction: Buffer }> {
  const random = seededRandom(20_261_129)
  const between = (low: number, high: number) => low + (high - low) * random()
  const list = Array.from({ length: bodies }, (_, k): Body => {
    const centre = [between(80, width - 80), between(80, height - 80), between(50, depth - 50)] as const
    return { label: k + 1, centre, radius: between(20, 90) }
  })
  const moved = list.map(
    (body): Body => ({ ...body, centre: [body.centre[0] + 2, body.centre[1], body.centre[2]] }),
  )
  return { ground_truth: await gzipped(list), prediction: await gzipped(moved) }
}

/** Slice by slice, so that the writer needs no more memory than the reader. */
async function gzipped(list: readonly Body[]): Promise<Buffer> {
  const gzip = createGzip({ level: 6 })
  const parts: Buffer[] = []
  gzip.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise((resolve, reject) => gzip.once('end', resolve).once('error', reject))
  gzip.write(header())
  for (let z = 0; z < depth; z++)
    if (!gzip.write(slice(list, z))) await new Promise((resolve) => gzip.once('drain', resolve))
  gzip.end()
  await ended
  return Buffer.concat(parts)
}

function header(): Buffer {
  const bytes = Buffer.alloc(headerBytes)
  bytes.writeInt32LE(348, 0)
  ;[3, width, height, depth, 1, 1, 1, 1].forEach((side, k) => {
    bytes.writeInt16LE(side, 40 + 2 * k)
  })
  bytes.writeInt16LE(4, 70)
  bytes.writeInt16LE(16, 72)
  bytes.writeFloatLE(headerBytes, 108)
  bytes.writeInt16LE(1, 254)
  ;[0.8, 0, 0, 0, 0, 0.8, 0, 0, 0, 0, 1, 0].forEach((number, k) => {
    bytes.writeFloatLE(number, 280 + 4 * k)
  })
  bytes.write('n+1\0', 344, 'latin1')
  return bytes
}

function slice(list: readonly Body[], z: number): Buffer {
  const labels = new Int16Array(width * height)
  for (const { label, centre, radius } of list) {
    const inSlice = radius ** 2 - (z - centre[2]) ** 2
    if (inSlice <= 0) continue
    for (let y = Math.ceil(centre[1] - radius); y <= centre[1] + radius; y++) {
      const inRow = inSlice - (y - centre[1]) ** 2
      if (inRow <= 0 || y < 0 || y >= height) continue
      const first = Math.max(0, Math.ceil(centre[0] - Math.sqrt(inRow)))
      const last = Math.min(width - 1, Math.floor(centre[0] + Math.sqrt(inRow)))
      labels.fill(label, y * width + first, y * width + last + 1)
    }
  }
  return Buffer.from(labels.buffer)
}
