import { parentPort } from 'node:worker_threads'
import { pageModules } from './page-modules.ts'

/** Taking types out says that it is experimental; in a thread of its own that can be switched off. */
parentPort?.postMessage(pageModules())
