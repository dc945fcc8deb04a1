import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EvaluatedService, startEvaluations } from '../evaluations-http/evaluated-service.ts'
import { fencedBlocks } from './fenced-blocks.ts'
import { linkExamples, typeCommands } from './type-commands.ts'
import { typedPages, writeFiles } from './typed-pages.ts'

let service: EvaluatedService
beforeAll(async () => {
  service = await startEvaluations({}, false)
})
afterAll(() => service.close())

describe('every command of these pages is typed, and succeeds', () => {
  it.each(Object.entries(typedPages))(
    '%s',
    async (page, { env, files, promises }) => {
      const folder = mkdtempSync(join(tmpdir(), 'maskscore-page-'))
      try {
        linkExamples(folder)
        writeFiles(files?.() ?? {}, folder)
        const commands = fencedBlocks(page).filter(
          ({ language, text }) => language === 'sh' && !/^npm ci\b/.test(text),
        )
        const told = await typeCommands(commands.map(({ text }) => text).join('\n'), folder, service.url, env)
        expect(told.length).toBeGreaterThan(0)
        promises?.(told, folder)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
    180_000,
  )
})
