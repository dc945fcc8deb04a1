import { isIP } from 'node:net'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { type Limits, limitRules } from '../limits.ts'
import { origin } from './origin.ts'
import { proxyAddress } from './proxy-address.ts'
import { chapter, secret, setting } from './setting.ts'
import { anyName, bytes, choice, count, duration, list, named, optionalCount, rate, text } from './units.ts'

const host = z.string().refine((text) => isIP(text) > 0 || /^[A-Za-z0-9_.-]+$/.test(text), {
  error: 'takes an IP address or a host name, without scheme and port',
})

const listening = chapter('Listening', {
  host: setting(text(host.default('127.0.0.1')), 'Address to listen on; `0.0.0.0` or `::` for all'),
  port: setting(count(8080, { max: 65_535 }), 'Port to listen on; 0 takes a free one'),
  telemetryPort: setting(
    optionalCount({ max: 65_535 }),
    'Port of `/metrics` when it is to be apart from the service; 0 takes a free one, unset serves it on the main port',
    { defaultText: 'main port' },
  ),
  telemetryHost: setting(text(host.optional()), 'Address of the telemetry port', {
    defaultText: 'as `HOST`',
  }),
  basePath: setting(
    text(
      z
        .string()
        .regex(/^(\/[A-Za-z0-9._~-]+)*\/?$/, { error: 'takes a path as /eval' })
        .transform((path) => path.replace(/\/$/, ''))
        .default(''),
    ),
    'Path under which a proxy serves it, as `/eval`; addresses with and without it are answered',
  ),
  page: setting(
    choice(['on', 'off'], 'on'),
    'What `/` shows: `on` the page to look at masks and scores with, `off` a plain start page without scripts',
  ),
  trustProxy: setting(
    list(proxyAddress),
    'Addresses or networks of proxies whose `X-Forwarded-For` is believed: `10.0.0.0/8`, `::1`, or `loopback`, `linklocal`, `uniquelocal`',
  ),
  logLevel: setting(
    choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    'Least severe log lines that are written',
  ),
})

const work = chapter('Work', {
  threads: setting(
    count(availableParallelism(), { min: 1, max: 512 }),
    'Worker threads: scorings at the same time',
    { defaultText: 'cores of the container' },
  ),
  queueLimit: setting(
    count(64, { max: 100_000 }),
    'Requests that may wait beside those in work; one more is answered `QUEUE_FULL`',
  ),
  receiveLimit: setting(
    count(2048, { min: 1, max: 100_000 }),
    'Bodies that may arrive at the same time; beyond it senders slower than 64 KB a second are given up, else the newest is answered `OVERLOADED`',
  ),
  workerMemory: setting(
    bytes(2 ** 30, { min: 64 * 2 ** 20 }),
    'JavaScript heap of one worker; a request that needs more fails alone',
  ),
  pngDecoder: setting(
    choice(['auto', 'sharp'], 'auto'),
    '`auto` reads label PNGs on the fast path and the rest with libvips; `sharp` takes libvips for all',
  ),
})

/** A limit as a setting. */
function limit(key: keyof Limits) {
  const { unit, default: fallback, description, ...range } = limitRules[key]
  return setting((unit === 'bytes' ? bytes : count)(fallback, range), description)
}
const limits = Object.fromEntries(
  Object.keys(limitRules).map((key) => [key, limit(key as keyof Limits)]),
) as Record<keyof Limits, ReturnType<typeof limit>>

const sizes = chapter('Limits', {
  maxRequestBytes: setting(bytes(192 * 2 ** 20, { min: 1 }), 'Largest request body, all parts together'),
  maxBufferedBytes: setting(
    bytes(2 ** 30, { min: 1 }),
    'Bodies in memory at the same time, together; more is answered `OVERLOADED`',
  ),
  ...limits,
})

const times = chapter('Times', {
  receiveTimeout: setting(duration(30_000, { min: 100 }), 'Time a body may take to arrive'),
  minReceiveRate: setting(
    bytes(10 * 2 ** 10),
    'Bytes a second that a body must arrive with, on average after the first 5 s; 0 switches it off',
  ),
  requestTimeout: setting(
    duration(60_000, { min: 100 }),
    'Time a whole request may take; then it is answered `TIMED_OUT`',
  ),
  drainDelay: setting(
    duration(0, { max: 600_000 }),
    'Time between the stop signal (`/readyz` turns 503) and refusing new connections',
  ),
  gracePeriod: setting(
    duration(65_000, { min: 100 }),
    'Time after which a stop is forced; longer than a request may take',
  ),
  keepAliveTimeout: setting(duration(72_000, { min: 1 }), 'Time an idle connection is kept'),
})

const shedding = chapter('Shedding', {
  maxEventLoopDelay: setting(
    duration(1000),
    'Event-loop delay above which new work is answered `OVERLOADED`; 0 switches it off',
  ),
  maxMemory: setting(
    bytes(0),
    'Resident memory above which new work is answered `OVERLOADED`; 0 switches it off',
  ),
})

const access = chapter('Access', {
  keys: setting(
    named(anyName, 16),
    'Bearer keys as `name:key`, separated by commas or line ends; none: open',
    secret,
  ),
  rateLimit: setting(rate(), 'Requests per key, or per address without keys, as `100/1min`; unset: off', {
    defaultText: 'off',
  }),
  corsOrigins: setting(
    list(origin),
    'Origins whose pages may call the service, as `https://app.example`; none: CORS is off',
  ),
})

/** The settings of the service itself. */
export const serviceSettings = { ...listening, ...work, ...sizes, ...times, ...shedding, ...access }
