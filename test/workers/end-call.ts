import { workerData } from 'node:worker_threads'
import { endCall } from '../../src/workers/give-way.ts'

// A thread for tests: ends a call when another thread waits for it.
const { calls, isWaiting } = workerData
Atomics.wait(isWaiting, 0, 0)
endCall(calls)
