import { describe, expect, it } from 'vitest'
import { recordedBenchmarks, withRecord } from '../../bench/record.ts'

const page = ['# Page', '<!-- record: a -->', '', 'old', '', '<!-- end of a -->', 'kept', ''].join('\n')

describe('the record of a benchmark', () => {
  it('replaces its block, one level down, and nothing else', () => {
    const once = withRecord(page, 'a', 'a machine\n3 rounds.', '### Table\n\n| x |\n\n')
    expect(once).toBe(
      [
        '# Page',
        '<!-- record: a -->',
        '',
        'a machine; 3 rounds.',
        '',
        '#### Table',
        '',
        '| x |',
        '',
        '<!-- end of a -->',
        'kept',
        '',
      ].join('\n'),
    )
    expect(withRecord(once, 'a', 'a machine\n3 rounds.', '### Table\n\n| x |\n\n')).toBe(once)
  })

  it('refuses a page without a place for it', () => {
    expect(() => withRecord(page, 'b', '', '')).toThrow('no place for b')
  })

  it('has a place for what the page promises', () => {
    expect(recordedBenchmarks()).toEqual([
      'kernel',
      'decode',
      'service',
      'dataset',
      'evaluations',
      'start',
      'growth',
      'memory',
      'overhead',
      'ami',
      'families',
      'boundary',
      'page',
      'volumes',
      'soft',
      'newcomer',
    ])
  })
})
