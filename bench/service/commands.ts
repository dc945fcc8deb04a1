import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerCommand } from './server-process.ts'

const root = join(import.meta.dirname, '../..')

/** Debian's interpreter: the one its packages are installed for. */
export const python = process.env.BENCH_PYTHON ?? '/usr/bin/python3'

/** What `npm start` gives to Node. */
const startArguments = (checkout: string): readonly string[] =>
  JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'))
    .scripts.start.split(' ')
    .slice(1)

/** The service as `npm start` runs it; `settings` are further `MASKSCORE_…` variables. */
export function maskscore(settings: Record<string, string> = {}, checkout = root): ServerCommand {
  return {
    command: process.execPath,
    arguments: () =>
      startArguments(checkout).map((word) => (word.startsWith('-') ? word : join(checkout, word))),
    environment: (port) => ({ MASKSCORE_PORT: String(port), MASKSCORE_LOG_LEVEL: 'warn', ...settings }),
  }
}

export const emptyHandler: ServerCommand = {
  command: process.execPath,
  arguments: (port) => [join(root, 'bench/service/empty-handler.ts'), String(port)],
}

export type Peer = 'pillow_bincount' | 'cv2_runs' | 'skimage_sklearn'

const peerModules: Record<Peer, string> = {
  pillow_bincount: 'PIL',
  cv2_runs: 'cv2',
  skimage_sklearn: 'skimage, sklearn',
}

/** Whether Python is there and can import all of them. */
export function hasModules(modules: string): boolean {
  return existsSync(python) && spawnSync(python, ['-c', `import ${modules}`]).status === 0
}

/** A peer under uvicorn with a process for each of the two cores; undefined where its packages are missing. */
export function peer(name: Peer): ServerCommand | undefined {
  const modules = `fastapi, uvicorn, multipart, numpy, ${peerModules[name]}`
  if (!hasModules(modules)) return undefined
  const folder = join(root, 'bench/peers')
  return {
    command: python,
    arguments: (port) =>
      `-m uvicorn ${name}:app --app-dir ${folder} --workers 2 --port ${port} --no-access-log --log-level error`.split(
        ' ',
      ),
  }
}

/** The versions behind the peers' names, for the head of a record. */
export function peerVersions(): string {
  const script = `
import importlib, platform
print('CPython', platform.python_version(), end='')
for name in 'numpy PIL cv2 skimage sklearn scipy fastapi uvicorn'.split():
    try: print(',', name, importlib.import_module(name).__version__, end='')
    except ImportError: pass`
  return existsSync(python) ? spawnSync(python, ['-c', script]).stdout.toString() : 'no Python'
}
