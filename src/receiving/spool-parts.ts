import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Refusal, refuseField } from '../problems/refusal.ts'
import type { PartRule } from '../tasks/task.ts'
import { guardReceive } from './receive-guard.ts'
import { asRefusal, partRule } from './receive-parts.ts'
import { refuseCompressed } from './refuse-compressed.ts'
import type { UploadPlace } from './upload-places.ts'

/** A part that lies on the disk. */
export interface SpooledPart {
  readonly name: string
  /** The sender's name of the file; shown, never a path. */
  readonly filename: string
  readonly path: string
  readonly bytes: number
}

export interface SpooledBody {
  readonly files: readonly SpooledPart[]
  /** Short parts, by name. */
  readonly texts: Readonly<Record<string, string>>
  /** sha256 over names and contents of all parts, whatever their order. */
  readonly fingerprint: string
  /** Removes the files that nobody took over. */
  remove(): Promise<void>
}

interface Spooling {
  /** Parts that go to the disk; all others are short texts. */
  readonly files: readonly string[]
  readonly rules: Readonly<Record<string, PartRule>>
  readonly folder: string
  readonly maxFileBytes: number
  /** Counts the bytes for their owner. */
  readonly place: UploadPlace
}

/** More than any call takes. */
const maxParts = 16
const maxTextBytes = 2 ** 20

/**
 * Writes the large parts of a multipart body to the disk as they arrive, readable by this user alone. A file that is too large
 * is refused while it still arrives. When the body is refused or its sender goes, what was written is removed.
 *
 * @throws Refusal UNSUPPORTED_MEDIA_TYPE, UNEXPECTED_PART, MISSING_PART, ARCHIVE_TOO_LARGE, INPUT_TOO_LARGE, QUOTA_EXCEEDED, RECEIVE_TIMEOUT, MALFORMED_MULTIPART
 */
export async function spoolParts(
  request: FastifyRequest,
  spooling: Spooling,
  signal: AbortSignal,
): Promise<SpooledBody> {
  refuseCompressed(request)
  const { minReceiveRate } = request.server.settings
  const files: SpooledPart[] = []
  // Also the one that is being written.
  const paths: string[] = []
  const remove = async () => {
    await Promise.all(paths.map((path) => rm(path, { force: true })))
  }
  const stop = new AbortController()
  const read = readParts(request, spooling, files, paths, AbortSignal.any([signal, stop.signal]))
  try {
    const rest = await guardReceive(request, { minReceiveRate, isSpooled: true }, signal, () => read)
    return { files, ...rest, remove }
  } catch (error) {
    stop.abort(error)
    // Until it has ended it may write another file.
    await read.catch(() => undefined)
    await remove()
    throw asRefusal(error, maxTextBytes)
  }
}

async function readParts(
  request: FastifyRequest,
  { files: toDisk, rules, folder, maxFileBytes, place }: Spooling,
  files: SpooledPart[],
  paths: string[],
  signal: AbortSignal,
): Promise<Pick<SpooledBody, 'texts' | 'fingerprint'>> {
  const texts: Record<string, string> = {}
  const seen: { name: string; digest: string }[] = []
  const limits = { fileSize: Number.POSITIVE_INFINITY, files: maxParts, parts: maxParts, fieldNameSize: 200 }
  const isPartAFile = () => true
  const parts = untilAborted(request.parts({ limits, isPartAFile } as object), signal)
  for await (const part of parts) {
    const file = part as MultipartFile
    const name = String(file.fieldname)
    const rule = partRule(name, rules, seen)
    const isOfDisk = toDisk.includes(name)
    const path = isOfDisk ? join(folder, randomUUID()) : undefined
    const digest = createHash('sha256')
    let bytes = 0
    const most = isOfDisk ? maxFileBytes : maxTextBytes
    const counted = new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.length
        digest.update(chunk)
        try {
          if (bytes > most) throw tooLarge(isOfDisk, name, most)
          if (isOfDisk) place.grow(chunk.length)
          done(null, chunk)
        } catch (error) {
          done(error as Error)
        }
      },
    })
    if (path !== undefined) {
      paths.push(path)
      const sink = createWriteStream(path, { flags: 'wx', mode: 0o600 })
      await pipeline(file.file, counted, sink, { signal })
      if (bytes === 0) {
        await rm(path)
        // A form sends the fields that were left empty as well, without a name.
        if (rule === 'optional' && !file.filename) continue
        throw refuseField('MISSING_PART', `/${name}`, `The file of the part \`${name}\` is empty.`)
      }
      files.push({ name, filename: (file.filename ?? '').slice(0, 200), path, bytes })
    } else {
      const chunks: Buffer[] = []
      await pipeline(
        file.file,
        counted,
        async (source: AsyncIterable<Buffer>) => {
          for await (const chunk of source) chunks.push(chunk)
        },
        { signal },
      )
      texts[name] = Buffer.concat(chunks).toString()
    }
    seen.push({ name, digest: digest.digest('hex') })
  }
  const lines = seen.map(({ name, digest }) => `${JSON.stringify(name)} ${digest}\n`).sort()
  return { texts, fingerprint: createHash('sha256').update(lines.join('')).digest('hex') }
}

/** Parts as they come; one that never comes, as its sender went, is not waited for. */
async function* untilAborted<T>(parts: AsyncIterator<T>, signal: AbortSignal): AsyncGenerator<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  aborted.catch(() => undefined)
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort()
  try {
    for (;;) {
      const { done, value } = await Promise.race([parts.next(), aborted])
      if (done) return
      yield value
    }
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function tooLarge(isOfDisk: boolean, name: string, most: number): Refusal {
  return isOfDisk
    ? new Refusal(
        'ARCHIVE_TOO_LARGE',
        `The part \`${name}\` is larger than ${most} bytes (MASKSCORE_MAX_ARCHIVE_BYTES).`,
      )
    : new Refusal('INPUT_TOO_LARGE', `The part \`${name}\` is larger than ${most} bytes.`)
}
