/** So long after a call others are expected, in seconds. */
const expectedFor = 1
/** Milliseconds of work after which a thread rests again. Each rest takes some 60 µs. */
const workMs = 0.6
const restMs = 0.01
/** After a rest of so many milliseconds another thread is taken to have the same core. */
const sharedMs = 0.3
/** So long at most a thread waits for a call, in milliseconds: some calls take minutes. */
const waitMs = 10
const nothing = new Int32Array(new SharedArrayBuffer(4))

/**
 * What threads know of the tasks that somebody waits for: when the last one came, in whole seconds, and how many are worked
 * on. Shared by all threads.
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

/** How many calls are worked on. */
export const callsInWork = (calls: Calls): number => Atomics.load(calls, inWork)

/** A call has its thread. */
export function beginCall(calls: Calls): void {
  Atomics.add(calls, inWork, 1)
}

/** The thread has done the call, or has itself ended. Lets the threads go on that wait for it. */
export function endCall(calls: Calls): void {
  Atomics.sub(calls, inWork, 1)
  Atomics.notify(calls, inWork)
}

/**
 * What a thread that works in the background calls between the steps of its work. While others call, it rests for a moment. Linux
 * lets a thread go on for up to 4 ms before one that was just woken on the same core has its turn, and leaves it waiting
 * there though another core is free: longer than a pair takes. A thread that sleeps gives its core up at once.
 *
 * A rest alone is not enough: when it ends, Linux soon gives the core back, though the call that had it meanwhile is not done.
 * A rest that took long tells that another thread had the core. Then this one waits until a call has ended.
 * @param rest what tests replace
 */
export function givingWay(calls: Calls, rest: () => void = sleep): () => void {
  let rested = performance.now()
  return () => {
    if (callsInWork(calls) === 0 && seconds() - Atomics.load(calls, last) > expectedFor) return
    const start = performance.now()
    if (start - rested < workMs) return
    rest()
    rested = performance.now()
    const count = callsInWork(calls)
    if (count === 0 || rested - start < sharedMs) return
    Atomics.wait(calls, inWork, count, waitMs)
    rested = performance.now()
  }
}

function sleep(): void {
  Atomics.wait(nothing, 0, 0, restMs)
}

/** Since some moment in the past, by a clock that nobody sets and that is the same in all threads. */
const seconds = (): number => process.hrtime()[0]
