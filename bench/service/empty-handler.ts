import multipart from '@fastify/multipart'
import fastify from 'fastify'

/** Reads the two parts and answers nothing about them: what HTTP and multipart alone cost (port in argv). */
const app = fastify()
await app.register(multipart, { limits: { fileSize: 64 * 2 ** 20 } })
app.get('/readyz', () => ({}))
app.post('/score', async (request) => {
  let bytes = 0
  for await (const part of request.files()) bytes += (await part.toBuffer()).length
  return { bytes }
})
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' })
