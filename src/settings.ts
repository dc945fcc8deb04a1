import { availableParallelism } from 'node:os'
import { z } from 'zod'
import type { Limits } from './labels/limits.ts'
import { byteSize, duration, integer } from './settings-units.ts'

const prefix = 'MASKSCORE_'

/** Every setting of the service, by the name of its environment variable without the prefix. */
export const settingsShape = {
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all'),
  PORT: integer('8080', 0, 65_535).describe('Port to listen on'),
  THREADS: integer(String(availableParallelism()), 1, 256).describe('Worker threads that decode and score'),
  QUEUE_LIMIT: integer('64', 0, 100_000).describe('Requests that may wait for a worker'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least level that is logged'),
  MAX_FILE_BYTES: byteSize('64MB').describe('Largest uploaded file'),
  MAX_PIXELS: integer('67_108_864', 1, 2 ** 31).describe('Most pixels of one mask'),
  MAX_SIDE: integer('32_768', 1, 2 ** 31 - 1).describe('Longest side of one mask, in pixels'),
  MAX_DECODED_BYTES: byteSize('256MB').describe('Most bytes of one mask once decoded'),
  MAX_LABELS: integer('1_000_000', 1, 2 ** 31).describe('Most distinct labels of one mask'),
  MAX_LABEL_PAIRS: integer('4_000_000', 1, 2 ** 31).describe('Most distinct label pairs of two masks'),
  MAX_REGIONS: integer('100_000', 1, 2 ** 31).describe('Most regions of one annotation'),
  MAX_VERTICES: integer('1_000_000', 1, 2 ** 31).describe('Most polygon vertices of one annotation'),
  MAX_RUNS: integer('16_000_000', 1, 2 ** 31).describe('Most run lengths of one annotation'),
  MAX_JSON_DEPTH: integer('64', 4, 1000).describe('Deepest nesting of a JSON document'),
  RECEIVE_TIMEOUT: duration('60s').describe('Time in which a request must have arrived'),
  REQUEST_TIMEOUT: duration('120s').describe('Time in which a request must be answered'),
  DRAIN_DELAY: duration('0s').describe(
    'Time between SIGTERM and the end of listening: readyz answers 503 meanwhile',
  ),
  GRACE_PERIOD: duration('30s').describe('Time that requests in flight have after that'),
  PNG_DECODER: z
    .enum(['auto', 'sharp'])
    .default('auto')
    .describe('"sharp" switches the own decoder of label PNGs off'),
} as const

const schema = z.strictObject(settingsShape)
export type Settings = z.output<typeof schema>

/** Settings that cannot be used; the message names every mistake. */
export class SettingsError extends Error {}

/** Reads all settings from the environment; every mistake is reported at once, unknown names too. */
export function loadSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.entries(env)
    .filter(([name, value]) => name.startsWith(prefix) && value !== undefined)
    .map(([name, value]) => [name.slice(prefix.length), value])
  const parsed = schema.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const mistakes = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${prefix}${key}: there is no such setting`)
      : [`${prefix}${issue.path.join('.')}: ${issue.message}`],
  )
  throw new SettingsError(`The settings cannot be used:\n${mistakes.map((line) => `  ${line}`).join('\n')}`)
}

/** What a scoring needs to know, in the worker. */
export function scoringContext(settings: Settings): { limits: Limits; pngDecoder: 'auto' | 'sharp' } {
  return {
    pngDecoder: settings.PNG_DECODER,
    limits: {
      maxFileBytes: settings.MAX_FILE_BYTES,
      maxPixels: settings.MAX_PIXELS,
      maxSide: settings.MAX_SIDE,
      maxDecodedBytes: settings.MAX_DECODED_BYTES,
      maxLabels: settings.MAX_LABELS,
      maxLabelPairs: settings.MAX_LABEL_PAIRS,
      maxRegions: settings.MAX_REGIONS,
      maxVertices: settings.MAX_VERTICES,
      maxRuns: settings.MAX_RUNS,
      maxJsonDepth: settings.MAX_JSON_DEPTH,
    },
  }
}
