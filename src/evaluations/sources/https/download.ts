import { lookup } from 'node:dns/promises'
import { createWriteStream } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { LookupFunction } from 'node:net'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../../problems/refusal.ts'
import { isPublicAddress } from './public-address.ts'
import { sourceUrl } from './source-url.ts'

export interface DownloadBounds {
  readonly hosts: readonly string[]
  readonly maxBytes: number
}

interface Address {
  readonly address: string
  readonly family: number
}

/** What tests replace: names, ports, and who is trusted. */
export interface DownloadParts {
  readonly resolve: (host: string) => Promise<readonly Address[]>
  readonly isPublic: (address: string) => boolean
  readonly port: number
  readonly ca?: string
}

const ofInternet: DownloadParts = {
  resolve: (host) => lookup(host, { all: true }),
  isPublic: isPublicAddress,
  port: 443,
}

/** Fetches an address into a file. */
export type Download = (url: string, path: string, signal: AbortSignal) => Promise<void>

const tries = 3
/** Nothing arrives for so long: the connection is given up. */
const silenceMs = 30_000

/**
 * Makes the one way in which addresses that callers name are fetched. A name is resolved once, every one of its addresses
 * must be public, and that address is dialled: a name that answers otherwise the second time leads nowhere else. No redirect
 * is followed. A connection that breaks is taken up where it broke, as long as the file is the same by its ETag.
 *
 * The download throws Refusal SOURCE_REFUSED, SOURCE_UNREACHABLE, ARCHIVE_TOO_LARGE. No message holds the address.
 */
export function downloader({ hosts, maxBytes }: DownloadBounds, parts: DownloadParts = ofInternet): Download {
  return async (text, path, signal) => {
    const url = sourceUrl(text, hosts, '')
    const address = await addressOf(url.hostname, parts)
    const state: State = { written: 0, etag: undefined }
    for (let left = tries; ; left--)
      try {
        await fetchInto({ url, path, address, signal, maxBytes, parts }, state)
        return
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof Refusal || isOfDisk(error)) throw error
        if (left === 1)
          throw new Refusal(
            'SOURCE_UNREACHABLE',
            `The connection to ${url.hostname} failed: ${codeOf(error)}.`,
          )
      }
  }
}

interface State {
  written: number
  /** Of what is written, when it can be gone on with. */
  etag: string | undefined
}

interface Fetching {
  readonly url: URL
  readonly path: string
  readonly address: Address
  readonly signal: AbortSignal
  readonly maxBytes: number
  readonly parts: DownloadParts
}

async function addressOf(host: string, { resolve, isPublic }: DownloadParts): Promise<Address> {
  let addresses: readonly Address[]
  try {
    addresses = await resolve(host)
  } catch (error) {
    throw new Refusal('SOURCE_UNREACHABLE', `The name ${host} cannot be resolved: ${codeOf(error)}.`)
  }
  if (addresses.length === 0) throw new Refusal('SOURCE_UNREACHABLE', `The name ${host} has no address.`)
  if (!addresses.every(({ address }) => isPublic(address)))
    throw new Refusal('SOURCE_REFUSED', `The name ${host} leads into a network that is not public.`)
  return addresses[0]
}

async function fetchInto(fetching: Fetching, state: State): Promise<void> {
  const { path, maxBytes, signal } = fetching
  const answer = await ask(fetching, state)
  if (!goesOn(answer, state)) Object.assign(state, { written: 0, etag: strongEtag(answer) })
  const announced = Number(answer.headers['content-length'] ?? 0)
  if (state.written + announced > maxBytes) {
    answer.destroy()
    throw tooLarge(maxBytes)
  }
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      state.written += chunk.length
      done(state.written > maxBytes ? tooLarge(maxBytes) : null, chunk)
    },
  })
  const file = createWriteStream(path, { flags: state.written > 0 ? 'a' : 'w', mode: 0o600 })
  await pipeline(answer, counted, file, { signal })
}

/** Whether the answer is what follows what is written. @throws Refusal where it is no file */
function goesOn({ statusCode = 0, headers }: IncomingMessage, { written }: State): boolean {
  if (statusCode === 206 && written > 0) {
    if (headers['content-range']?.startsWith(`bytes ${written}-`)) return true
    throw new Refusal(
      'SOURCE_UNREACHABLE',
      'The source answered another part of the file than was asked for.',
    )
  }
  if (statusCode === 200) return false
  if (statusCode >= 300 && statusCode < 400)
    throw new Refusal('SOURCE_REFUSED', 'The address leads to another one, and redirects are not followed.')
  throw new Refusal('SOURCE_UNREACHABLE', `The source answered with status ${statusCode}.`)
}

function ask({ url, address, signal, parts }: Fetching, { written, etag }: State): Promise<IncomingMessage> {
  const pinned: LookupFunction = (_, options, done) =>
    options.all ? done(null, [address]) : done(null, address.address, address.family)
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        lookup: pinned,
        port: parts.port,
        signal,
        timeout: silenceMs,
        agent: false,
        headers: {
          accept: '*/*',
          'accept-encoding': 'identity',
          ...(written > 0 && etag && { range: `bytes=${written}-`, 'if-range': etag }),
        },
        ...(parts.ca && { ca: parts.ca }),
      },
      resolve,
    )
    asked.once('timeout', () => asked.destroy(Object.assign(new Error('silence'), { code: 'ETIMEDOUT' })))
    asked.once('error', reject)
    asked.end()
  })
}

/** A weak tag does not say that bytes are the same. */
const strongEtag = ({ headers: { etag } }: IncomingMessage): string | undefined =>
  etag?.startsWith('"') ? etag : undefined

const tooLarge = (maxBytes: number): Refusal =>
  new Refusal(
    'ARCHIVE_TOO_LARGE',
    `The source is larger than ${maxBytes} bytes (MASKSCORE_MAX_ARCHIVE_BYTES).`,
  )

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? 'it was cut'

/** Trying again mends no disk. */
const isOfDisk = (error: unknown): boolean => ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'].includes(codeOf(error))
