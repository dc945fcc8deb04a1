import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { defaultLimits } from '../limits.ts'
import { bytes, count, duration, flag, type Kind, list, named, optionalCount, rate } from './units.ts'

interface Meta {
  readonly kind: Kind
  readonly group: string
  readonly description: string
  /** Masked wherever it is shown; may be given as a file. */
  readonly secret?: true
  /** What the docs say where the default depends on the machine. */
  readonly defaultText?: string
}

const settingMeta = z.registry<Meta>()

let group = ''
/** Says what a setting is for. Groups are the chapters of the docs. */
function setting<S extends z.ZodType>(
  schema: S,
  kind: Kind,
  description: string,
  more: Partial<Meta> = {},
): S {
  settingMeta.add(schema, { kind, group, description, ...more })
  return schema
}
/** Starts a chapter. */
const chapter = <T>(name: string, shape: () => T): T => {
  group = name
  return shape()
}
const secret = { secret: true } as const
const baseUrl = z.url({ protocol: /^https?$/, error: 'takes an http or https address' }).optional()
const secretText = (min: number) => z.string().min(min, `takes at least ${min} characters`).optional()

const listening = () => ({
  host: setting(
    z.string().min(1).default('127.0.0.1'),
    'text',
    'Address to listen on; `0.0.0.0` or `::` for all',
  ),
  port: setting(count(8080, { max: 65_535 }), 'count', 'Port to listen on; 0 takes a free one'),
  telemetryPort: setting(
    optionalCount({ max: 65_535 }),
    'count',
    'Port of `/metrics` when it is to be apart from the service; 0 takes a free one, unset serves it on the main port',
    { defaultText: 'main port' },
  ),
  telemetryHost: setting(z.string().min(1).optional(), 'text', 'Address of the telemetry port', {
    defaultText: 'as `HOST`',
  }),
  trustProxy: setting(
    list(z.string()),
    'list',
    'Addresses or networks of proxies whose `X-Forwarded-For` is believed',
  ),
  logLevel: setting(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    'choice',
    'Least severe log lines that are written',
  ),
})

const work = () => ({
  threads: setting(
    count(availableParallelism(), { min: 1, max: 512 }),
    'count',
    'Worker threads: scorings at the same time',
    { defaultText: 'cores of the container' },
  ),
  queueLimit: setting(
    count(64, { max: 100_000 }),
    'count',
    'Requests that may wait beside those in work; one more is answered `QUEUE_FULL`',
  ),
  workerMemory: setting(
    bytes(2 ** 30, { min: 64 * 2 ** 20 }),
    'bytes',
    'JavaScript heap of one worker; a request that needs more fails alone',
  ),
  pngDecoder: setting(
    z.enum(['auto', 'sharp']).default('auto'),
    'choice',
    '`auto` reads label PNGs on the fast path and the rest with libvips; `sharp` takes libvips for all',
  ),
})

const sizes = () => {
  const l = defaultLimits
  return {
    maxFileBytes: setting(bytes(l.maxFileBytes, { min: 1 }), 'bytes', 'Largest uploaded file'),
    maxRequestBytes: setting(
      bytes(192 * 2 ** 20, { min: 1 }),
      'bytes',
      'Largest request body, all parts together',
    ),
    maxBufferedBytes: setting(
      bytes(2 ** 30, { min: 1 }),
      'bytes',
      'Bodies in memory at the same time, together; more is answered `OVERLOADED`',
    ),
    maxPixels: setting(count(l.maxPixels, { min: 1 }), 'count', 'Pixels (voxels) of one mask'),
    maxSide: setting(
      count(l.maxSide, { min: 1, max: 2 ** 31 - 1 }),
      'count',
      'Longest side of a mask in pixels',
    ),
    maxDecodedBytes: setting(bytes(l.maxDecodedBytes, { min: 1 }), 'bytes', 'Decoded samples of one mask'),
    maxLabels: setting(
      count(l.maxLabels, { min: 1 }),
      'count',
      'Distinct labels of one mask, and connected components when they are asked for',
    ),
    maxLabelPairs: setting(
      count(l.maxLabelPairs, { min: 1 }),
      'count',
      'Distinct pairs of labels of two masks',
    ),
    maxRegions: setting(count(l.maxRegions, { min: 1 }), 'count', 'Regions of one annotation'),
    maxVertices: setting(count(l.maxVertices, { min: 3 }), 'count', 'Vertices of one annotation, together'),
    maxRuns: setting(count(l.maxRuns, { min: 1 }), 'count', 'Run lengths of one annotation, together'),
    maxJsonDepth: setting(
      count(l.maxJsonDepth, { min: 4, max: 1000 }),
      'count',
      'Nesting of a JSON document',
    ),
  }
}

const times = () => ({
  receiveTimeout: setting(duration(30_000, { min: 100 }), 'duration', 'Time a body may take to arrive'),
  minReceiveRate: setting(
    bytes(10 * 2 ** 10),
    'bytes',
    'Bytes a second that a body must arrive with, on average after the first 5 s; 0 switches it off',
  ),
  requestTimeout: setting(
    duration(60_000, { min: 100 }),
    'duration',
    'Time a whole request may take; then it is answered `TIMED_OUT`',
  ),
  drainDelay: setting(
    duration(0, { max: 600_000 }),
    'duration',
    'Time between the stop signal (`/readyz` turns 503) and refusing new connections',
  ),
  gracePeriod: setting(
    duration(65_000, { min: 100 }),
    'duration',
    'Time after which a stop is forced; longer than a request may take',
  ),
  keepAliveTimeout: setting(duration(72_000, { min: 1 }), 'duration', 'Time an idle connection is kept'),
})

const shedding = () => ({
  maxEventLoopDelay: setting(
    duration(1000),
    'duration',
    'Event-loop delay above which new work is answered `OVERLOADED`; 0 switches it off',
  ),
  maxMemory: setting(
    bytes(0),
    'bytes',
    'Resident memory above which new work is answered `OVERLOADED`; 0 switches it off',
  ),
})

const access = () => ({
  keys: setting(
    named(16),
    'named',
    'Bearer keys as `name:key`, separated by commas or line ends; none: open',
    secret,
  ),
  rateLimit: setting(
    rate(),
    'rate',
    'Requests per key, or per address without keys, as `100/1min`; unset: off',
    {
      defaultText: 'off',
    },
  ),
  corsOrigins: setting(
    list(z.string().min(1)),
    'list',
    'Origins whose pages may call the service; none: CORS is off',
  ),
})

const labelStudio = () => ({
  labelStudioUrl: setting(baseUrl, 'text', 'Base address of Label Studio; nothing is called back without it'),
  labelStudioToken: setting(secretText(1), 'text', 'Token for Label Studio’s API', secret),
  labelStudioHookSecret: setting(
    secretText(8),
    'text',
    'Secret that its webhooks send as a bearer key',
    secret,
  ),
  labelStudioBasicUser: setting(
    z.string().min(1).optional(),
    'text',
    'User name of HTTP Basic for the ML backend',
  ),
  labelStudioBasicPassword: setting(
    secretText(8),
    'text',
    'Password of HTTP Basic for the ML backend',
    secret,
  ),
})

const cvat = () => ({
  cvatUrl: setting(baseUrl, 'text', 'Base address of CVAT; nothing is called back without it'),
  cvatToken: setting(secretText(1), 'text', 'Token for CVAT’s API', secret),
  cvatHookSecret: setting(secretText(8), 'text', 'Secret its webhooks are signed with', secret),
  cvatHookSecrets: setting(named(8), 'named', 'Secrets of single webhooks as `webhook id:secret`', secret),
  cvatWriteIssues: setting(flag(false), 'flag', 'Whether findings are written to CVAT as issues'),
})

/** Every setting. `maxFileBytes` is read from `MASKSCORE_MAX_FILE_BYTES`, and so on. */
export const settingsSchema = z.strictObject({
  ...chapter('Listening', listening),
  ...chapter('Work', work),
  ...chapter('Limits', sizes),
  ...chapter('Times', times),
  ...chapter('Shedding', shedding),
  ...chapter('Access', access),
  ...chapter('Label Studio', labelStudio),
  ...chapter('CVAT', cvat),
})
export type Settings = Readonly<z.output<typeof settingsSchema>>
export type SettingKey = keyof Settings
export const settingKeys = Object.keys(settingsSchema.shape) as SettingKey[]

export const environmentPrefix = 'MASKSCORE_'

/** `maxFileBytes` → `MASKSCORE_MAX_FILE_BYTES`. */
export const environmentName = (key: SettingKey): string =>
  environmentPrefix + key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()

/** What is known about a setting beside its type. */
export function metaOf(key: SettingKey): Meta {
  const meta = settingMeta.get(settingsSchema.shape[key])
  if (!meta) throw new Error(`the setting ${key} is not described`)
  return meta
}
