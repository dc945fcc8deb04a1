import { createHash, hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import type { PageModule } from './page-modules.ts'

/** One file of the page, ready to be sent. */
export interface PageFile {
  readonly type: string
  readonly bytes: Uint8Array
  readonly zipped: Uint8Array
  /** Whether it is a module that the first screen needs. */
  readonly isFirst: boolean
}

/** All files of the page, by their addresses below `page/<version>/`. There are no others. */
export interface PageFiles {
  /** Changes with any file, so that each may be kept by browsers for ever. */
  readonly version: string
  readonly files: ReadonlyMap<string, PageFile>
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

let made: Promise<PageFiles> | undefined

/** The files of the page; made once a process, when they are first asked for. */
export function pageFiles(): Promise<PageFiles> {
  made ??= makeFiles()
  return made
}

async function makeFiles(): Promise<PageFiles> {
  const files = new Map<string, PageFile>()
  const add = (address: string, bytes: Uint8Array, isFirst = false) =>
    files.set(address, {
      type: types[extname(address)],
      bytes,
      zipped: gzipSync(bytes, { level: 9 }),
      isFirst,
    })
  for (const { address, text, isFirst } of await modulesOfThread()) add(address, Buffer.from(text), isFirst)
  for (const name of [
    'browser/page.css',
    'icon.svg',
    ...readdirSync(inPage('example')).map((file) => `example/${file}`),
  ])
    add(`src/page/${name}`, readFileSync(inPage(name)))
  const sum = createHash('sha256')
  for (const [address, { bytes }] of files) sum.update(`${address}\0${hash('sha256', bytes)}\n`)
  return { version: sum.digest('hex').slice(0, 12), files }
}

const inPage = (name: string): string => join(import.meta.dirname, name)

function modulesOfThread(): Promise<PageModule[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./modules-thread.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    // `node --watch` sends messages of its own through every thread.
    thread.on('message', (message: unknown) => {
      if (Array.isArray(message)) resolve(message)
    })
    thread.once('error', reject)
  })
}
