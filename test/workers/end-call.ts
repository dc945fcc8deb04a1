import { workerData } from 'node:worker_threads'
import { endCall } from '../../src/workers/give-way.ts'

// A thread that ends a call which another thread waits for.
endCall(workerData)
