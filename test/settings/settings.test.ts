import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../src/limits.ts'
import { environmentName, metaOf, settingKeys } from '../../src/settings/schema.ts'
import { loadSettings, SettingsError, scoringContext } from '../../src/settings/settings.ts'
import { settingsPage, settingsTable } from '../../src/settings/show.ts'

const mistakesOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadSettings(env)
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes
    throw error
  }
  return []
}

describe('settings', () => {
  it('have safe defaults', () => {
    const settings = loadSettings({})
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      queueLimit: 64,
      keys: {},
      corsOrigins: [],
    })
    expect(settings.threads).toBeGreaterThanOrEqual(1)
    // A default inside of an optional setting would win over its absence, and open a port that nobody asked for.
    expect(settings.telemetryPort).toBeUndefined()
    expect(scoringContext(settings)).toEqual({ limits: defaultLimits, pngDecoder: 'auto' })
  })

  it.each([
    ['MAX_FILE_BYTES', '16MB', 'maxFileBytes', 16 * 2 ** 20],
    ['MAX_FILE_BYTES', '1.5 KB', 'maxFileBytes', 1536],
    ['MAX_FILE_BYTES', '100', 'maxFileBytes', 100],
    ['RECEIVE_TIMEOUT', '1500ms', 'receiveTimeout', 1500],
    ['RECEIVE_TIMEOUT', '2min', 'receiveTimeout', 120_000],
    ['DRAIN_DELAY', '0', 'drainDelay', 0],
    ['MAX_PIXELS', '16_000_000', 'maxPixels', 16_000_000],
    ['CVAT_WRITE_ISSUES', 'TRUE', 'cvatWriteIssues', true],
    [
      'CORS_ORIGINS',
      'https://a.example, https://b.example\n',
      'corsOrigins',
      ['https://a.example', 'https://b.example'],
    ],
    ['CORS_ORIGINS', 'https://a.example/', 'corsOrigins', ['https://a.example']],
    ['TRUST_PROXY', '10.0.0.0/8, ::1, loopback', 'trustProxy', ['10.0.0.0/8', '::1', 'loopback']],
    ['RECEIVE_TIMEOUT', '24h', 'receiveTimeout', 86_400_000],
    ['CVAT_HOOK_SECRETS', '7:secret-of-eight', 'cvatHookSecrets', { 7: 'secret-of-eight' }],
    ['RATE_LIMIT', '100/1min', 'rateLimit', { requests: 100, windowMs: 60_000 }],
    ['PORT', '', 'port', 8080],
    ['EVALUATIONS', 'off', 'evaluations', false],
    ['RESULT_RETENTION', '90d', 'resultRetention', 90 * 86_400_000],
    ['DATA_ROOTS', 'camvid:/data/camvid', 'dataRoots', ['camvid:/data/camvid']],
    ['SOURCE_HOSTS', 'Files.example', 'sourceHosts', ['files.example']],
  ] as const)('reads %s=%s', (name, text, key, value) => {
    expect(loadSettings({ [`MASKSCORE_${name}`]: text })[key]).toEqual(value)
  })

  it.each([
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['PORT', 'tcp://10.0.0.1:8080'],
    ['THREADS', '0'],
    ['MAX_FILE_BYTES', '64XB'],
    ['MAX_FILE_BYTES', '1e9'],
    ['RECEIVE_TIMEOUT', '30'],
    ['LOG_LEVEL', 'loud'],
    ['KEYS', 'ann:too-short'],
    ['KEYS', 'ann:0123456789abcdef,ann:0123456789abcdeg'],
    ['KEYS', '0123456789abcdef'],
    ['RATE_LIMIT', '0/1s'],
    ['CVAT_URL', 'file:///etc/passwd'],
    ['CVAT_WRITE_ISSUES', 'perhaps'],
    ['QUEUE_LIMITS', '5'],
    // The name of one key would leave a service open that was to have keys.
    ['KEY', '0123456789abcdef'],
    ['HOST', 'localhost:8080'],
    ['HOST', 'http://localhost'],
    ['TRUST_PROXY', '1'],
    ['TRUST_PROXY', 'proxy.example'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.0/0'],
    ['TRUST_PROXY', '127.0.0.1, 10.0.0/8'],
    ['RECEIVE_TIMEOUT', '25h'],
    ['REQUEST_TIMEOUT', '2147483648ms'],
    ['KEEP_ALIVE_TIMEOUT', '1000h'],
    ['CORS_ORIGINS', 'app.example'],
    ['CORS_ORIGINS', 'https://app.example/page'],
    ['CORS_ORIGINS', 'https://ann:pass@app.example'],
    ['CORS_ORIGINS', '*'],
    ['MAX_MEMORY', '100MB'],
    ['GRACE_PERIOD', '59s'],
    ['CVAT_HOOK_SECRETS', 'project-a:secret-of-eight'],
    ['CVAT_HOOK_SECRETS', '07:secret-of-eight'],
    ['LABEL_STUDIO_HOOK_SECRET', 'two words of it'],
    ['LABEL_STUDIO_TOKEN', 'a\nb'],
    ['CVAT_TOKEN', 'schlüssel'],
    ['CVAT_URL', 'https://cvat.example/?a=b'],
    ['TELEMETRY_HOST', '0.0.0.0'],
    ['TELEMETRY_PORT', '8080'],
  ])('refuses %s=%s by its name', (name, text) => {
    const mistakes = mistakesOf({ [`MASKSCORE_${name}`]: text })
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]).toMatch(new RegExp(`^MASKSCORE_${name}: `))
  })

  it('leave the variables of the clients alone', () => {
    const env = { MASKSCORE_CLIENT_URL: 'http://scores', MASKSCORE_CLIENT_KEY: 'ann-0123456789abcdef' }
    expect(loadSettings(env)).toEqual(loadSettings({}))
  })

  it('are refused with all mistakes at once, contradictions included', () => {
    expect(mistakesOf({ MASKSCORE_PORT: 'x', MASKSCORE_THREADS: 'x', MASKSCORE_PROT: '1' })).toHaveLength(3)
    expect(
      mistakesOf({ MASKSCORE_MAX_REQUEST_BYTES: '1MB', MASKSCORE_LABEL_STUDIO_BASIC_USER: 'ann' }),
    ).toHaveLength(2)
  })

  it('never repeat a secret in a mistake', () => {
    for (const [name, text] of [
      ['KEYS', 'ann:hunter2'],
      ['CVAT_HOOK_SECRETS', 'x:hunter2'],
      ['CVAT_URL', 'ftp://ann:hunter2@cvat.example'],
      ['CORS_ORIGINS', 'https://ann:hunter2@app.example'],
    ]) {
      const mistakes = mistakesOf({ [`MASKSCORE_${name}`]: text })
      expect(mistakes).toHaveLength(1)
      expect(mistakes.join()).not.toContain('hunter2')
    }
  })

  it('are complained about in their own units', () => {
    expect(mistakesOf({ MASKSCORE_WORKER_MEMORY: '1MB' })).toEqual([
      'MASKSCORE_WORKER_MEMORY: takes a size as 64MB (B, KB, MB, GB), at least 64MB',
    ])
    expect(mistakesOf({ MASKSCORE_DRAIN_DELAY: '1h' })).toEqual([
      'MASKSCORE_DRAIN_DELAY: takes a time as 30s (ms, s, min, h, d), from 0 to 10min',
    ])
    expect(mistakesOf({ MASKSCORE_THREADS: '2', MASKSCORE_MAX_MEMORY: '239MB' })[0]).toContain('240MB')
  })

  it('take an address with user and password, and mask both', () => {
    const settings = loadSettings({ MASKSCORE_CVAT_URL: 'https://ann:hunter2@cvat.example/base' })
    expect(settingsTable(settings)).toMatch(/MASKSCORE_CVAT_URL +https:\/\/••••••@cvat\.example\/base/)
    expect(settingsTable(settings)).not.toMatch(/hunter2|ann/)
    const both = { MASKSCORE_CVAT_URL: 'https://ann:hunter2@cvat.example', MASKSCORE_CVAT_TOKEN: 'token' }
    expect(mistakesOf(both)).toEqual([expect.stringContaining('MASKSCORE_CVAT_TOKEN')])
  })

  it('give a data root one name, and bind it to a key that is there', () => {
    const keys = { MASKSCORE_KEYS: 'ann:0123456789abcdef' }
    expect(mistakesOf({ ...keys, MASKSCORE_DATA_ROOTS: 'own@ann:/data/ann,all:/data' })).toEqual([])
    expect(mistakesOf({ ...keys, MASKSCORE_DATA_ROOTS: 'own@bob:/data' })).toEqual([
      'MASKSCORE_DATA_ROOTS: the root own is for the key bob, which is not there',
    ])
    expect(mistakesOf({ ...keys, MASKSCORE_DATA_ROOTS: 'a:/x,a@ann:/y' })).toEqual([
      'MASKSCORE_DATA_ROOTS: the name a is given twice',
    ])
    expect(mistakesOf({ MASKSCORE_DATA_ROOTS: 'relative:data' })).toHaveLength(1)
  })

  it('take secrets from files, and refuse a secret that is given in both ways', () => {
    const files: Record<string, string> = {
      '/run/secrets/keys': 'ann:0123456789abcdef\nbob:fedcba9876543210\n',
    }
    const read = (path: string) => {
      if (path in files) return files[path]
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
    }
    const env = { MASKSCORE_KEYS_FILE: '/run/secrets/keys' }
    expect(loadSettings(env, read).keys).toEqual({ ann: '0123456789abcdef', bob: 'fedcba9876543210' })
    expect(() => loadSettings({ ...env, MASKSCORE_KEYS: 'x:0123456789abcdef' }, read)).toThrow(/given twice/)
    expect(() => loadSettings({ MASKSCORE_CVAT_TOKEN_FILE: '/none' }, read)).toThrow(
      /MASKSCORE_CVAT_TOKEN_FILE: .*ENOENT/,
    )
  })

  it('are shown with units and without secrets', () => {
    const table = settingsTable(
      loadSettings({
        MASKSCORE_KEYS: 'ann:0123456789abcdef',
        MASKSCORE_CVAT_TOKEN: 'very-secret',
        MASKSCORE_RATE_LIMIT: '5/1s',
      }),
    )
    expect(table).toMatch(/MASKSCORE_MAX_FILE_BYTES +64MB/)
    expect(table).toMatch(/MASKSCORE_KEYS +ann:••••••/)
    expect(table).toMatch(/MASKSCORE_RATE_LIMIT +5\/1s/)
    expect(table).not.toContain('0123456789abcdef')
    expect(table).not.toContain('very-secret')
  })

  it('mark everything as secret that sounds like it', () => {
    for (const key of settingKeys)
      if (/token|secret|password|keys|databaseUrl/i.test(key)) expect(metaOf(key).secret, key).toBe(true)
  })

  it('are all in the docs', () => {
    for (const key of settingKeys) expect(settingsPage()).toContain(`\`${environmentName(key)}\``)
  })

  it('are in the docs by chapters, each once', () => {
    const page = settingsPage()
    const chapters = [...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)
    expect(chapters).toEqual([...new Set(settingKeys.map((key) => metaOf(key).group))])
    const chapterOf = (name: string) => chapters.filter((_, i) => page.split('\n## ')[i + 1].includes(name))
    expect(chapterOf('MASKSCORE_LABEL_STUDIO_URL')).toEqual(['Label Studio'])
    expect(chapterOf('MASKSCORE_CVAT_URL')).toEqual(['CVAT'])
  })
})

it.each(['MASKSCORE_KEYS', 'MASKSCORE_CVAT_TOKEN', 'MASKSCORE_CVAT_HOOK_SECRETS'])(
  'a file of %s that is empty is a mistake: taken for unset, it could leave the service open',
  (name) => {
    for (const text of ['', '\n'])
      expect(() => loadSettings({ [`${name}_FILE`]: '/run/secrets/x' }, () => text)).toThrow(
        `${name}_FILE: the file is empty`,
      )
  },
)
