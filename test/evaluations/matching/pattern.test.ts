import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePattern } from '../../../src/evaluations/matching/pattern.ts'

const match = (pattern: string, path: string) => parsePattern(pattern, '/match_gt').match(path)

describe('patterns of paths', () => {
  it.each<[string, string, object | undefined]>([
    ['{key}', 'a.png', { key: 'a' }],
    ['{key}', 'volume.nii.gz', { key: 'volume' }],
    ['{key}', 'folder/a.png', undefined],
    ['{key}.png', 'a.png', { key: 'a' }],
    ['{key}.png', 'a.tif', undefined],
    ['{key}_gt', 'a_gt.png', { key: 'a' }],
    ['{key}_gt', '_gt.png', undefined],
    ['{key}_gt', 'a_gt_gt.png', { key: 'a_gt' }],
    ['{group}_*', '0001TP_009990.png', { group: '0001TP' }],
    ['{group}_{key}', 'a_b_c.png', { group: 'a', key: 'b_c' }],
    ['{group}/masks/{key}', 'p1/masks/s1.png', { group: 'p1', key: 's1' }],
    ['{group}/masks/{key}', 'p1/images/s1.png', undefined],
    ['**/masks/{key}', 'masks/s1.png', { key: 's1' }],
    ['**/masks/{key}', 'a/b/masks/s1.png', { key: 's1' }],
    ['**/masks/{key}', 'a/masks/b/masks/s1.png', { key: 's1' }],
    ['{group}/**/{key}', 'p1/s1.png', { group: 'p1', key: 's1' }],
    ['{group}/**/{key}', 'p1/x/y/s1.png', { group: 'p1', key: 's1' }],
    ['**/*', 'x/y/s1.png', {}],
    ['*', 'x/s1.png', undefined],
    ['{key}/{key}', 'a/a.png', { key: 'a' }],
    ['{key}/{key}', 'a/b.png', undefined],
    ['é_{key}', 'e\u0301_a.png', { key: 'a' }],
    ['e\u0301_{key}', 'é_a.png', { key: 'a' }],
    ['IMG_{key}', 'img_a.png', undefined],
    ['a.b+{key}', 'axb+c.png', undefined],
    ['a.b+{key}', 'a.b+c.png', { key: 'c' }],
  ])('%s on %s', (pattern, path, expected) => {
    expect(match(pattern, path)).toEqual(expected)
  })

  it.each([
    ['{name}', '{key}, {group}'],
    ['{key', '{key}, {group}'],
    ['a**b', '** as a folder'],
    ['{group}{key}', 'nothing between'],
    ['*{key}', 'nothing between'],
    ['a//b', 'empty name'],
    ['/a', 'empty name'],
    ['', 'empty name'],
    ['a/**', 'name the files too'],
  ])('refuses %s and says why', (pattern, why) => {
    expect(() => parsePattern(pattern, '/match_gt')).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(why) }),
    )
  })

  it('takes time that grows with the path, whatever the pattern', () => {
    const pattern = parsePattern(`**/${'*a'.repeat(50)}*b`, '/match_gt')
    const path = `${'a/'.repeat(200)}${'a'.repeat(20_000)}`
    expect(pattern.match(path)).toBeUndefined()
  })

  it('finds a key between any two texts', () => {
    const text = fc.stringMatching(/^[a-c_.]{0,6}$/)
    fc.assert(
      fc.property(text, fc.stringMatching(/^[d-f]{1,6}$/), text, (before, key, after) => {
        expect(match(`${before}{key}${after}.png`, `${before}${key}${after}.png`)).toEqual({ key })
      }),
    )
  })
})
