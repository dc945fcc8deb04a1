import closeWithGrace from 'close-with-grace'
import { buildApp } from './app.ts'
import { loadSettings } from './settings.ts'

const settings = loadSettings(process.env)
const app = await buildApp(settings)
closeWithGrace({ delay: settings.gracePeriod }, async ({ err }) => {
  if (err) app.log.error({ err }, 'stopping after a failure')
  await app.close()
})
await app.listen({ host: settings.host, port: settings.port })
