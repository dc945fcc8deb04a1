import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { sizeThreadPool } from '../src/thread-pool.ts'

const sizeWith = (env: NodeJS.ProcessEnv): string | undefined => {
  sizeThreadPool(env)
  return env.UV_THREADPOOL_SIZE
}

describe('the size of the thread pool', () => {
  it('lets every worker decode two masks at a time', () => {
    expect(sizeWith({ MASKSCORE_THREADS: '8' })).toBe('16')
    expect(Number(sizeWith({}))).toBeGreaterThanOrEqual(availableParallelism())
  })

  it('stays within what libuv takes', () => {
    expect(sizeWith({ MASKSCORE_THREADS: '1' })).toBe('4')
    expect(sizeWith({ MASKSCORE_THREADS: '9999' })).toBe('1024')
  })

  it('is left alone when the operator set it', () => {
    expect(sizeWith({ UV_THREADPOOL_SIZE: '5' })).toBe('5')
  })

  it('leaves it to the settings to refuse a number of threads that is none', () => {
    expect(Number(sizeWith({ MASKSCORE_THREADS: 'many' }))).toBeGreaterThanOrEqual(4)
  })
})
