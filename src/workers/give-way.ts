/** So long after a call others are expected, in seconds. */
const expectedFor = 1
/** Milliseconds of work after which a thread rests again. Each rest takes some 60 µs. */
const workMs = 0.6
const restMs = 0.01
/** A rest that took longer, in milliseconds, did so because another thread had the core. */
const sharedMs = 0.3
/** So long at most a thread waits for the end of a call, in milliseconds. Some calls take minutes. */
const waitMs = 10
const nothing = new Int32Array(new SharedArrayBuffer(4))

/**
 * What threads know of the tasks that somebody waits for: when the last one came, in whole seconds, and how many threads work
 * on one. Shared by all threads.
 */
export type Calls = Int32Array<SharedArrayBuffer>
const last = 0
const inWork = 1

export function noCalls(): Calls {
  const calls = new Int32Array(new SharedArrayBuffer(8))
  calls[last] = -expectedFor - 1
  return calls
}

export function noteCall(calls: Calls): void {
  Atomics.store(calls, last, seconds())
}

/** How many threads work on a call. */
export const callsInWork = (calls: Calls): number => Atomics.load(calls, inWork)

/** A thread begins to work on a call. */
export function beginCall(calls: Calls): void {
  Atomics.add(calls, inWork, 1)
}

/** The thread has ended that work, or has itself ended. */
export function endCall(calls: Calls): void {
  Atomics.sub(calls, inWork, 1)
  Atomics.notify(calls, inWork)
}

/**
 * What a thread that works in the background calls between the steps of its work. While others call, it rests for a moment. Linux
 * lets a thread go on for up to 4 ms before one that was just woken on the same core has its turn, and leaves it waiting
 * there though another core is free: longer than a pair takes. A thread that sleeps gives its core up at once.
 *
 * But one that wakes also takes the core from a thread that has worked for some milliseconds. So who finds that his core is
 * shared lets the call that is worked on come to its end.
 * @param rest what tests replace
 */
export function givingWay(calls: Calls, rest: () => void = sleep): () => void {
  let rested = performance.now()
  return () => {
    if (seconds() - Atomics.load(calls, last) > expectedFor) return
    const start = performance.now()
    if (start - rested < workMs) return
    rest()
    rested = performance.now()
    const now = callsInWork(calls)
    if (now === 0 || rested - start < sharedMs) return
    Atomics.wait(calls, inWork, now, waitMs)
    rested = performance.now()
  }
}

function sleep(): void {
  Atomics.wait(nothing, 0, 0, restMs)
}

/** Since the epoch, by a clock that never goes back within a process and is the same in all threads. */
const seconds = (): number => Math.floor((performance.timeOrigin + performance.now()) / 1000)
