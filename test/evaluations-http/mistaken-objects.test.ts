import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import { caseOf } from '../evaluations/detection-rows.ts'
import { type EvaluatedService, startEvaluations } from './evaluated-service.ts'

const options = { families: ['detection'] }
let service: EvaluatedService
const folder = mkdtempSync(join(tmpdir(), 'maskscore-mistaken-'))
beforeAll(async () => {
  service = await startEvaluations()
})
afterAll(async () => {
  await service.close()
  rmSync(folder, { recursive: true })
})

it('report.html of a run with confidences is the command line’s, with the pictures of missed and wrong objects', async () => {
  const { ground_truth, results } = caseOf('random-medium')
  const documents = { ground_truth, prediction: results }
  const form = new FormData()
  const paths = Object.entries(documents).map(([side, document]) => {
    const [path, text] = [join(folder, `${side}.json`), JSON.stringify(document)]
    writeFileSync(path, text)
    form.append(side, new Blob([text]), `${side}.json`)
    return path
  })
  form.append('options', JSON.stringify(options))
  const out = join(folder, 'out')
  const terminal = { out: () => undefined, err: () => undefined }
  const told = ['--options', JSON.stringify(options), '--out', out, '--threads', '1', '--progress', 'none']
  expect(await runCommand(['evaluate', ...paths, ...told], {}, terminal)).toBe(0)
  const expected = readFileSync(join(out, 'report.html'), 'utf8')
  const { id } = await service.evaluated('ann', form)
  const { text } = await service.call('ann', 'GET', `/v1/evaluations/${id}/report.html`)
  const [, section] = /<section id="mistaken-objects"[^>]*>(.*?)<\/section>/s.exec(text) ?? []
  expect(section.match(/<img src="data:image\/png/g)?.length).toBeGreaterThan(2)
  expect(text === expected).toBe(true)
})
