import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { reportFileNames } from '../../src/evaluations/reports/report-formats.ts'
import { readManifest } from '../../src/evaluations/sources/manifest/read-manifest.ts'
import type { JobScores } from '../../src/hooks/cvat/job-scores.ts'
import { summaryOf } from '../../src/hooks/cvat/summary.ts'
import { defaultLimits } from '../../src/limits.ts'
import { loadSettings } from '../../src/settings/settings.ts'
import { Contract } from '../openapi/contract.ts'
import { fencedBlocks, pages, root } from './fenced-blocks.ts'

const blocksOf = (language: string) =>
  pages.flatMap(fencedBlocks).filter((block) => block.language === language)
const only = (language: string) => {
  const blocks = blocksOf(language)
  expect(blocks).toHaveLength(1)
  return blocks[0].text
}

const node = String.raw`\w+(\(\[.*?\]\)|\[".*?"\])?`
const drawn = new RegExp(`^ *(subgraph \\w+\\[".*"\\]|end|${node}( --> ${node})*)$`)

describe('examples that are no commands', () => {
  it('give settings as the service takes them', () => {
    const blocks = blocksOf('dotenv')
    expect(blocks.length).toBeGreaterThan(3)
    for (const { text } of blocks) {
      const env = Object.fromEntries(
        [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
      )
      expect(Object.keys(env), text).toHaveLength(text.trim().split('\n').length)
      expect(() => loadSettings(env), text).not.toThrow()
    }
  })

  it('show a manifest that is read, with a column to group by and one for --by', () => {
    const folder = mkdtempSync(join(tmpdir(), 'maskscore-manifest-'))
    try {
      const path = join(folder, 'items.csv')
      writeFileSync(path, only('csv'))
      expect(readManifest(path, ['patient', 'site'], defaultLimits)).toHaveLength(1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('give a proxy limits that fit the defaults of the service', () => {
    const directives = Object.fromEntries(
      [...only('nginx').matchAll(/^(\w+) (\d+)(?:m|s)?;/gm)].map(([, name, value]) => [name, Number(value)]),
    )
    const { maxRequestBytes, requestTimeout, keepAliveTimeout } = loadSettings({})
    expect(directives.client_max_body_size * 2 ** 20).toBeGreaterThanOrEqual(maxRequestBytes)
    expect(directives.proxy_read_timeout * 1000).toBeGreaterThan(requestTimeout)
    expect(directives.keepalive_timeout * 1000).toBeLessThan(keepAliveTimeout)
  })

  it('show a body of POST /v1/evaluations that the contract allows', () => {
    const [{ text }] = fencedBlocks('docs/evaluations.md').filter(({ language }) => language === 'json')
    const contract = new Contract(parse(readFileSync(join(root, 'openapi.yaml'), 'utf8')))
    const place = ['components', 'schemas', 'NewEvaluation']
    expect(contract.mistakes(JSON.parse(text), ...place)).toEqual([])
    expect(contract.mistakes({ ...JSON.parse(text), nmae: 'unet-7' }, ...place)).not.toEqual([])
  })

  it('show the picture that --format badge writes', () => {
    const [, file] = /\/([\w-]+\.svg)\)/.exec(only('markdown')) ?? []
    expect(file).toBe('badge.svg')
    expect(reportFileNames).toContain(file)
  })

  it('are drawn as flowcharts, each group with its end', () => {
    for (const { text, page } of blocksOf('mermaid')) {
      expect(text, page).toMatch(/^flowchart (TD|LR)\n/)
      expect(text.match(/^ *subgraph\b/gm)?.length, page).toBe(text.match(/^ *end$/gm)?.length)
      for (const line of text.trim().split('\n').slice(1)) expect(line, page).toMatch(drawn)
    }
  })

  it("tell a job of CVAT in the words of the webhook's answer", () => {
    const [{ text }] = fencedBlocks('docs/hooks.md').filter(({ language }) => language === 'text')
    const figures = { mi_loss: 0.2, mean_iou: 0.7, pixel_accuracy: 0.9 }
    const scores: JobScores = {
      job: 27,
      task: 22,
      ground_truth_job: 28,
      frames_in_common: 3,
      frames_scored: 3,
      pooled: {
        ...figures,
        mi_loss: 0.1021,
        mean_iou: 0.8712,
        mi_loss_split: 0.05,
        mi_loss_merge: 0.0521,
        classes: [],
        reasons: {},
        warnings: [],
        notes: [],
      },
      macro: { mi_loss: 0.1187, mean_iou: 0.8603, frames: 3 },
      worst: { frame: 7, name: 'img_7.png', ...figures },
      frames: [],
      refused: [],
      warnings: [],
      findings: [],
      fingerprint: '',
    }
    const shown = text.trim().replaceAll(/\s+/g, ' ').replace(/ …$/, '')
    expect(summaryOf(scores).slice(0, shown.length)).toBe(shown)
  })
})
