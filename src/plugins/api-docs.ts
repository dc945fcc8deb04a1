import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { openApiDocument } from '../openapi/document.ts'

/** `/docs`, and the document of the routes so far: comes after all of them. Nothing is fetched from elsewhere. */
export const apiDocs = fastifyPlugin(async (app) => {
  const document = openApiDocument(app.registeredRoutes, app.settings.basePath)
  // Its types are of OpenAPI libraries that the document needs nothing of; it keeps the document as it is.
  await app.register(swagger, { mode: 'static', specification: { document: document as object as never } })
  await app.register(async (pages: FastifyInstance) => {
    pages.addHook('onRoute', (route) => {
      route.config = { ...route.config, open: true }
    })
    // Links are relative, and so lead from the folder alone.
    pages.addHook('onRequest', async ({ url }, reply) => {
      const [path] = url.split('?', 1)
      if (path === '/docs') return reply.redirect('docs/')
      if (path === '/docs/static/index.html') return reply.redirect('../')
    })
    await pages.register(swaggerUi, {
      routePrefix: '/docs',
      uiConfig: { docExpansion: 'list', defaultModelsExpandDepth: 0, tryItOutEnabled: true },
      theme: {
        title: 'maskscore: the contract',
        css: [{ filename: 'theme.css', content: '.swagger-ui .topbar { display: none }' }],
      },
    })
  })
})
