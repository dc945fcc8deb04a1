import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { htmlReport } from '../../../src/evaluations/reports/html/html-report.ts'
import { hostileReport, textOf } from './sample-report.ts'

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
)
const folder = mkdtempSync(join(tmpdir(), 'maskscore-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The page as Chromium has it after its scripts ran, and what it complained of. */
function open(page: string): { readonly dom: string; readonly complaints: string[] } {
  const path = join(folder, 'report.html')
  writeFileSync(path, page)
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--enable-logging=stderr',
    '--v=0',
    '--dump-dom',
  ]
  const { stdout, stderr } = spawnSync(
    browser ?? '',
    [...flags, `--user-data-dir=${folder}/profile`, `file://${path}`],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  )
  return { dom: stdout, complaints: stderr.split('\n').filter((line) => line.includes('CONSOLE')) }
}

const attack = [
  '<script>document.title = "attacked"</script>',
  '"><img src=x onerror="document.title = \'attacked\'">',
  '</style></title><svg onload=alert(1)>',
].join('')

// Skipped where no Chromium is installed: the browser itself is what is tested here.
describe.skipIf(browser === undefined)('report.html in Chromium', () => {
  it('runs its own script under its own policy, and nothing that a name brings', { timeout: 120_000 }, () => {
    const { dom, complaints } = open(textOf(htmlReport(hostileReport(attack))))
    expect(dom).toContain('<button type="button">')
    expect(dom).toContain('type="search"')
    expect(/<title>(.*?)<\/title>/.exec(dom)?.[1]).toMatch(/^INCOMPLETE: 2 of 3/)
    expect(complaints).toEqual([])
  })

  it('has a policy that would stop a script that got in', { timeout: 120_000 }, () => {
    const page = textOf(htmlReport(hostileReport('name'))).replace(
      '</main>',
      '<script>document.title = "attacked"</script></main>',
    )
    const { dom, complaints } = open(page)
    expect(dom).not.toContain('<title>attacked')
    expect(complaints.join()).toMatch(/Content Security Policy/)
  })
})
