import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { chapter, secret, setting } from './setting.ts'
import { bytes, count, duration, flag, list, optionalCount, text } from './units.ts'

/** `name:/path`, or `name@key:/path` for the caller of one key alone. */
const dataRoot = z.string().regex(/^[A-Za-z0-9_.-]{1,64}(@[A-Za-z0-9_.-]{1,64})?:\//, {
  error: 'takes name:/path or name@key:/path',
})

const hostName = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/, {
    error: 'takes host names without scheme, port and path',
  })

/** What a run leaves may stay for ten years. */
const retention = { max: 3650 * 86_400_000 }

/** Settings of whole datasets over HTTP. */
export const evaluationSettings = chapter('Evaluations', {
  evaluations: setting(flag(true), '`off` removes the calls of evaluations and datasets'),
  dataDir: setting(
    text(
      z
        .string()
        .refine((path) => isAbsolute(path), { error: 'takes an absolute path' })
        .optional(),
    ),
    'Folder for uploads, results and the embedded database',
    { defaultText: 'a temporary folder, whose results are lost with it' },
  ),
  databaseUrl: setting(
    text(
      z
        .string()
        .regex(/^postgres(ql)?:\/\//, { error: 'takes an address as postgres://…' })
        .optional(),
    ),
    'PostgreSQL, for several machines: `postgres://user:password@host/database`; unset: an embedded database in the data folder',
    secret,
  ),
  evaluationThreads: setting(
    optionalCount({ max: 512 }),
    'Worker threads that evaluations may keep at the same time; 0 accepts evaluations and leaves them to workers elsewhere',
    { defaultText: 'half of `THREADS`' },
  ),
  dataRoots: setting(
    list(dataRoot),
    'Folders that callers may name as sources, as `name:/path`; `name@key:/path` is for the caller of that key alone',
  ),
  sourceHosts: setting(
    list(hostName),
    'Hosts whose https addresses callers may name as sources; none: no address is fetched',
  ),
  resultRetention: setting(
    duration(30 * 86_400_000, { min: 60_000, ...retention }),
    'Time that results are kept after a run has ended',
  ),
  uploadRetention: setting(
    duration(86_400_000, { min: 60_000, ...retention }),
    'Time that uploads of a run are kept after it has ended; overlays and reports of items need them',
  ),
  maxStoredBytes: setting(
    bytes(64 * 2 ** 30, { min: 1 }),
    'Uploads and results of one key, together; more is answered `QUOTA_EXCEEDED`',
  ),
  maxEvaluations: setting(
    count(8, { min: 1, max: 100_000 }),
    'Evaluations of one key that have not ended; one more is answered `QUOTA_EXCEEDED`',
  ),
  maxStreams: setting(
    count(1024, { min: 1, max: 100_000 }),
    'Event streams and waiting calls of one key at the same time; one more is answered `QUOTA_EXCEEDED`',
  ),
  allowedHosts: setting(
    list(hostName),
    'Names by which browsers may call evaluations where no keys are set, beside `localhost` and addresses: protects against pages that rebind a name',
  ),
})
