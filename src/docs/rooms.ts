interface Room {
  /** What lives there. */
  readonly holds: string
  /** The rooms whose files it may import, beside its own; undefined: all. */
  readonly mayKnow?: readonly string[]
}

/**
 * The rooms of the code, from those that know nothing to those that know all. A room is a folder of src, `routes`, or
 * a file of src. A test reads the imports and fails where a room knows another that is not listed here.
 */
export const rooms: Readonly<Record<string, Room>> = {
  limits: { holds: 'bounds on what is read, and their defaults', mayKnow: ['problems'] },
  problems: { holds: 'the catalogue of refusals, and the error that carries one', mayKnow: [] },
  secrets: { holds: 'secrets in headers and signatures, compared in constant time', mayKnow: [] },
  labels: { holds: 'label maps and what is done to one before counting', mayKnow: [] },
  metrics: { holds: 'pure mathematics on a table or on label maps', mayKnow: ['labels'] },
  json: { holds: 'JSON: parsing, checking by a schema, walking a document', mayKnow: ['problems'] },
  tasks: { holds: 'what a worker is asked and answers, whatever the work is', mayKnow: ['problems'] },
  decoding: {
    holds: 'bytes of a mask file → label map; masks reach sharp only here',
    mayKnow: ['labels', 'limits', 'problems'],
  },
  annotations: {
    holds: 'what a labeling tool writes → label map and objects',
    mayKnow: ['json', 'labels', 'decoding', 'limits', 'problems'],
  },
  counting: {
    holds: 'two label maps, or two streams of rows → table; `kernels/` holds the AssemblyScript',
    mayKnow: ['labels', 'metrics', 'decoding', 'problems'],
  },
  scoring: {
    holds: 'what one scoring is, free of HTTP',
    mayKnow: [
      'labels',
      'metrics',
      'decoding',
      'annotations',
      'counting',
      'json',
      'tasks',
      'limits',
      'problems',
    ],
  },
  rendering: { holds: 'overlays as PNG', mayKnow: ['labels', 'scoring', 'tasks', 'problems'] },
  evaluations: {
    holds: 'many pairs, one answer: rows, sums, intervals, comparison; no HTTP, no store',
    mayKnow: [
      'labels',
      'metrics',
      'json',
      'decoding',
      'annotations',
      'scoring',
      'rendering',
      'tasks',
      'limits',
      'problems',
    ],
  },
  store: {
    holds:
      'runs, shards and datasets in a database and a folder of files, and the work on them; loaded at the first use',
    mayKnow: ['evaluations', 'scoring', 'tasks', 'problems'],
  },
  hooks: {
    holds: 'what labeling tools call: their protocols, the work behind an event, what came of it',
    mayKnow: ['labels', 'metrics', 'scoring', 'json', 'tasks', 'secrets', 'problems'],
  },
  workers: {
    holds: 'the pool of threads, and what runs in one',
    mayKnow: ['scoring', 'rendering', 'evaluations', 'hooks', 'tasks', 'problems'],
  },
  settings: { holds: 'the environment → settings', mayKnow: ['limits'] },
  openapi: {
    holds: 'the contract’s document, out of what each route says of itself',
    mayKnow: ['tasks', 'problems'],
  },
  page: {
    holds: 'the pages a browser is shown',
    mayKnow: ['labels', 'metrics', 'evaluations', 'openapi', 'problems'],
  },
  docs: {
    holds: 'the generated pages of the docs',
    mayKnow: ['annotations', 'decoding', 'limits', 'metrics', 'problems', 'settings'],
  },
  receiving: { holds: 'bodies: parts, bytes, deadlines, memory', mayKnow: ['json', 'tasks', 'problems'] },
  plugins: {
    holds: 'Fastify plugins, one idea a file',
    mayKnow: ['evaluations', 'receiving', 'tasks', 'secrets', 'problems', 'openapi'],
  },
  routes: {
    holds: 'one resource a file: only translates between HTTP and the rooms below',
    mayKnow: [
      'json',
      'limits',
      'scoring',
      'evaluations',
      'hooks',
      'receiving',
      'plugins',
      'tasks',
      'secrets',
      'problems',
      'openapi',
      'page',
    ],
  },
  commands: { holds: 'the command line, one command a file' },
}

/** Rooms that are one file of src. */
export const fileRooms: readonly string[] = ['limits', 'secrets']
