/** So long after a call others are expected, in seconds. */
const expectedFor = 1
/** Milliseconds of work after which a thread rests again. Each rest takes some 60 µs. */
const workMs = 0.6
const restMs = 0.01
const nothing = new Int32Array(new SharedArrayBuffer(4))

/** When somebody last called for a task that he waits for, in whole seconds. Shared by all threads. */
export type LastCall = Int32Array<SharedArrayBuffer>

export function noCallYet(): LastCall {
  const lastCall = new Int32Array(new SharedArrayBuffer(4))
  lastCall[0] = -expectedFor - 1
  return lastCall
}

export function noteCall(lastCall: LastCall): void {
  Atomics.store(lastCall, 0, seconds())
}

/**
 * What a thread that works in the background calls between the steps of its work. While others call, it rests for a moment. Linux
 * lets a thread go on for up to 4 ms before one that was just woken on the same core has its turn, and leaves it waiting
 * there though another core is free: longer than a pair takes. A thread that sleeps gives its core up at once.
 * @param rest what tests replace
 */
export function givingWay(lastCall: LastCall, rest: () => void = sleep): () => void {
  let rested = performance.now()
  return () => {
    if (seconds() - Atomics.load(lastCall, 0) > expectedFor || performance.now() - rested < workMs) return
    rest()
    rested = performance.now()
  }
}

function sleep(): void {
  Atomics.wait(nothing, 0, 0, restMs)
}

/** Since the epoch, by a clock that never goes back within a process and is the same in all threads. */
const seconds = (): number => Math.floor((performance.timeOrigin + performance.now()) / 1000)
