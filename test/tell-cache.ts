import { once } from 'node:events'
import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import { cacheCompiledCode } from '../src/compile-cache.ts'

/** A program for tests: prints where its cache is, and whether it and a worker thread use it. */
cacheCompiledCode(process.env)
const { NODE_COMPILE_CACHE: folder = '' } = process.env
const worker = new Worker(
  "require('node:worker_threads').parentPort.postMessage(require('node:module').getCompileCacheDir())",
  { eval: true },
)
const [ofWorker] = await once(worker, 'message')
const isUsed = (used: string | undefined) => used?.startsWith(folder) ?? false
process.stdout.write(JSON.stringify([folder, isUsed(getCompileCacheDir()), isUsed(ofWorker)]))
