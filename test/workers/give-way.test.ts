import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { beginCall, endCall, givingWay, noCalls, noteCall } from '../../src/workers/give-way.ts'

/** Milliseconds on the clock, after the start. */
const at = (ms: number) => {
  vi.spyOn(performance, 'now').mockReturnValue(1000 + ms)
  vi.spyOn(process, 'hrtime').mockReturnValue([Math.floor(1 + ms / 1000), 0])
}

/** A thread at the start of the clock, when somebody has just called. */
function afterCall() {
  at(0)
  const calls = noCalls()
  const rest = vi.fn()
  const giveWay = givingWay(calls, rest)
  noteCall(calls)
  return { calls, rest, giveWay }
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a thread in the background', () => {
  it('does not rest while nobody has called', () => {
    at(0)
    const rest = vi.fn()
    const giveWay = givingWay(noCalls(), rest)
    at(5000)
    giveWay()
    expect(rest).not.toHaveBeenCalled()
  })

  it('rests while others call, but not before it has worked for a moment', () => {
    const { rest, giveWay } = afterCall()
    at(0.5)
    giveWay()
    expect(rest).not.toHaveBeenCalled()
    at(0.7)
    giveWay()
    giveWay()
    expect(rest).toHaveBeenCalledTimes(1)
    at(1.4)
    giveWay()
    expect(rest).toHaveBeenCalledTimes(2)
  })

  it('goes on without a rest two seconds after the last call', () => {
    const { rest, giveWay } = afterCall()
    at(2000)
    giveWay()
    expect(rest).not.toHaveBeenCalled()
  })

  it('rests as long as a call is worked on, however long ago it came', () => {
    const { calls, rest, giveWay } = afterCall()
    beginCall(calls)
    at(60_000)
    giveWay()
    expect(rest).toHaveBeenCalledTimes(1)
    endCall(calls)
    at(61_000)
    giveWay()
    expect(rest).toHaveBeenCalledTimes(1)
  })

  it('wakes from its rest by itself', () => {
    const calls = noCalls()
    noteCall(calls)
    const giveWay = givingWay(calls)
    const wait = vi.spyOn(Atomics, 'wait')
    while (wait.mock.results.length < 3) giveWay()
    expect(wait.mock.results.map(({ value }) => value)).toEqual(Array(3).fill('timed-out'))
  })

  it.each([
    ['waits while a call is worked on, when its rest was long: another thread has its core', 1, 2, 1],
    ['goes on after a short rest: it has its core for itself', 1, 0.1, 0],
    ['goes on after a long rest when no call is worked on', 0, 2, 0],
  ])('%s', (_, inWork, restMs, waits) => {
    const { calls, rest, giveWay } = afterCall()
    beginCall(calls)
    if (inWork === 0) endCall(calls)
    const wait = vi.spyOn(Atomics, 'wait').mockReturnValue('ok')
    rest.mockImplementation(() => at(1 + restMs))
    at(1)
    giveWay()
    expect(rest).toHaveBeenCalledTimes(1)
    expect(wait).toHaveBeenCalledTimes(waits)
  })

  it('waits for a call no longer than 10 ms: it may take minutes', () => {
    const { waited, wait } = waiting()
    expect(waited()).toBe('timed-out')
    expect(wait.mock.calls[0][3]).toBe(10)
  })

  it('goes on as soon as a call has ended', async () => {
    const isWaiting = new Int32Array(new SharedArrayBuffer(4))
    const { calls, waited } = waiting(() => {
      Atomics.store(isWaiting, 0, 1)
      Atomics.notify(isWaiting, 0)
      return 60_000
    })
    const other = new Worker(new URL('./end-call.ts', import.meta.url), { workerData: { calls, isWaiting } })
    try {
      // The call may end between the look at it and the wait, which then is none.
      expect(waited()).toBeOneOf(['ok', 'not-equal'])
    } finally {
      await other.terminate()
    }
  })
})

/** A thread whose core is shared while a call is worked on. @param boundMs called before it waits, makes the bound in place of its own */
function waiting(boundMs?: () => number) {
  const { calls, rest, giveWay } = afterCall()
  beginCall(calls)
  rest.mockImplementation(() => at(3))
  const original = Atomics.wait
  const wait = vi
    .spyOn(Atomics, 'wait')
    .mockImplementation((...[array, index, value, ms]: Parameters<typeof original>) =>
      original(array, index, value, boundMs?.() ?? ms),
    )
  const waited = () => {
    at(1)
    giveWay()
    return wait.mock.results[0].value
  }
  return { calls, waited, wait }
}
