import type { Settings } from './schema.ts'

/** The program with its libraries, and what each idle worker adds: measured 191, 231 and 316 MB with one, two and four. */
const processBytes = 160 * 2 ** 20
const idleWorkerBytes = 40 * 2 ** 20
/**
 * Beside the JavaScript heap a worker holds, for every pixel, both masks decoded, widened, split into components and
 * their distance maps. Measured at the dearest options: 37 bytes; see bench/sizing.ts.
 */
const bytesPerPixel = 40
/** Both sides may be probability maps, and one is in memory twice while its numbers are copied out of its file. */
const mapCopies = 3
/** A connection whose body arrives, with what parses it: measured 60 kB, 16 of them the body itself. */
const bytesPerReceiver = 64 * 2 ** 10
/** A part is in memory twice while its pieces are joined: half of a body that is a pair. */
const bodyCopies = 1.5

/** The embedded database: measured 224 MB when it is unpacked from its seed, 110 MB when it is opened again. */
const embeddedBytes = 256 * 2 ** 20

/** The memory, in bytes, that the service holds before its first request. */
export const idleMemory = ({ threads }: Settings): number => processBytes + threads * idleWorkerBytes

/**
 * The memory, in bytes, that the service can come to hold with these settings when everything happens at once: the queue
 * full of the largest bodies, every worker at the largest masks and probability maps, its heap full, and the embedded database
 * open where evaluations are kept in one. Limits of a container are meant to be above it, or the settings below them.
 */
export function memoryBound(settings: Settings): number {
  const { threads, queueLimit, receiveLimit, workerMemory, maxPixels } = settings
  const { maxRequestBytes, maxBufferedBytes, maxProbabilityBytes } = settings
  const bodies = Math.min((threads + queueLimit + receiveLimit) * maxRequestBytes, maxBufferedBytes)
  const worker = workerMemory + bytesPerPixel * maxPixels + mapCopies * maxProbabilityBytes
  const service =
    idleMemory(settings) + receiveLimit * bytesPerReceiver + bodyCopies * bodies + threads * worker
  return service + (isEmbedded(settings) ? embeddedBytes : 0)
}

const isEmbedded = ({ evaluations, databaseUrl }: Settings): boolean =>
  evaluations && databaseUrl === undefined
