import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { score, startService, stopServices } from '../plugins/service.ts'
import { root } from './dockerfile.ts'

interface Panel {
  readonly title: string
  readonly description?: string
  readonly targets?: readonly { readonly expr: string }[]
}
interface Variable {
  readonly name: string
  readonly definition?: string
}

const read = (path: string) => readFileSync(join(root, 'docker', path), 'utf8')
const dashboard = JSON.parse(read('grafana/maskscore.json')) as {
  panels: Panel[]
  templating: { list: Variable[] }
}
const alerts = parse(read('prometheus/alerts.yml')) as {
  groups: { rules: { alert: string; expr: string; annotations: { runbook: string } }[] }[]
}
const rules = alerts.groups.flatMap((group) => group.rules)
const adapterText = read('kubernetes/components/queue-time/adapter-rules.yaml')
const [adapter] = parse(adapterText) as { name: { as: string }; seriesQuery: string; metricsQuery: string }[]

const panelQueries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
const queries = [
  ...panelQueries,
  ...dashboard.templating.list.flatMap(({ definition }) => definition ?? []),
  ...rules.map(({ expr }) => expr),
  adapter.seriesQuery,
  adapter.metricsQuery,
]

/** The names of series in a query, and the values that its labels are compared with. */
const namesIn = (query: string) =>
  query.match(/\b(maskscore|http_server|process|nodejs)_[a-z0-9_]+(?=[{)\s,[]|$)/g) ?? []
const hasPromtool = spawnSync('promtool', ['--version']).status === 0
const promtool = (args: string[], input: string) => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}
const withoutTemplates = (query: string): string =>
  query
    .replaceAll('$__rate_interval', '5m')
    .replaceAll(/<<.GroupBy>>/g, 'pod')
    .replaceAll(/,?<<.LabelMatchers>>/g, '')

describe('what watches the service', () => {
  let exposed = ''
  let names: Set<string>
  let labelNames: string[]
  beforeAll(async () => {
    const service = await startService()
    await (await score(service, {})).text()
    await fetch(`${service.url}/v1/score`, { method: 'POST', body: 'x', headers: { 'content-type': 'a/b' } })
    exposed = await (await fetch(`${service.url}/metrics`)).text()
    const metrics = service.app.telemetry.getMetricsAsArray() as unknown as { labelNames: string[] }[]
    labelNames = metrics.flatMap((metric) => metric.labelNames)
    // A counter with labels has no line before it has counted something, but its type is told.
    const told = /^(?:([a-z_0-9]+)(?:\{| )|# TYPE (\S+) (?:counter|gauge)$)/gm
    names = new Set([...exposed.matchAll(told)].map(([, sample, type]) => sample ?? type))
  })
  afterAll(stopServices)

  it('asks only for series that /metrics holds', () => {
    expect(queries.length).toBeGreaterThan(20)
    for (const query of queries) {
      const asked = namesIn(query)
      if (!query.startsWith('up{')) expect(asked, query).not.toEqual([])
      for (const name of asked) expect(names, query).toContain(name)
    }
  })

  it('asks only for labels and stages that they have', () => {
    // What Prometheus adds to every series, and histograms to theirs.
    const labels = new Set(['job', 'instance', 'namespace', 'pod', 'le', ...labelNames])
    for (const query of queries) {
      for (const [, label] of query.matchAll(/[{,]\s*([a-z_]+)(?:=|!=|=~|!~)"/g))
        expect(labels, query).toContain(label)
      for (const [, grouped] of query.matchAll(/\bby \(([^)<]*)\)/g))
        for (const label of grouped.split(/,\s*/)) expect(labels, query).toContain(label)
      for (const [, stage] of query.matchAll(/stage="([a-z]+)"/g))
        expect(exposed).toContain(`stage="${stage}"`)
    }
  })

  it('shows every series of our own on the dashboard, and explains it', () => {
    const page = readFileSync(join(root, 'docs/operations.md'), 'utf8')
    const shown = panelQueries.flatMap(namesIn).map((name) => name.replace(/_(bucket|sum|count)$/, ''))
    const own = [...exposed.matchAll(/^# TYPE ((?:maskscore|http_server)_\S+) /gm)].map(([, name]) => name)
    expect(own.length).toBeGreaterThan(8)
    for (const name of own) {
      expect(shown).toContain(name)
      expect(page).toContain(`| \`${name}\` |`)
    }
  })

  it('tells what every panel means', () => {
    for (const { title, description, targets } of dashboard.panels)
      if (targets) expect(description, title).toMatch(/\.$/)
  })

  it('has a place in the operations page for every alert', () => {
    const page = readFileSync(join(root, 'docs/operations.md'), 'utf8')
    const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    )
    for (const { alert, annotations } of rules) {
      const [path, anchor] = annotations.runbook.split('#')
      expect(path).toBe('docs/operations.md')
      expect(anchors, alert).toContain(anchor)
    }
  })

  it('scales by the series that the adapter makes', () => {
    const patch = read('kubernetes/components/queue-time/horizontal-pod-autoscaler.yaml')
    expect(patch).toContain(`name: ${adapter.name.as}`)
  })

  describe.skipIf(!hasPromtool)('and Prometheus’ own tool (skipped where promtool is not installed)', () => {
    it('accepts our lines', () => {
      const ours = exposed.match(/^(# (HELP|TYPE) )?(maskscore|http_server)_.*\n/gm)!.join('')
      expect(promtool(['check', 'metrics'], ours)).toEqual({ status: 0, output: '' })
    })

    it('accepts the configuration with its alerts', () => {
      const path = join(root, 'docker/prometheus/prometheus.yml')
      expect(promtool(['check', 'config', path], '').output).not.toMatch(/FAILED/)
      expect(promtool(['check', 'config', path], '').status).toBe(0)
    })

    it('can read every query', () => {
      const expressions = [...panelQueries, adapter.metricsQuery].map(withoutTemplates)
      const group = { name: 'x', rules: expressions.map((expr, i) => ({ record: `r:${i}`, expr })) }
      const file = join(mkdtempSync(join(tmpdir(), 'maskscore-rules-')), 'rules.json')
      writeFileSync(file, JSON.stringify({ groups: [group] }))
      const { status, output } = promtool(['check', 'rules', file], '')
      rmSync(dirname(file), { recursive: true })
      expect(output).toContain('SUCCESS')
      expect(status).toBe(0)
    })
  })
})
