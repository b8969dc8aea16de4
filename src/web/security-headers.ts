/**
 * What the page may do in the browser; only user of `@fastify/helmet`. Everything comes from here and nothing inline
 * runs. Styles are the exception: antd 6 writes its rules into `<style>` elements while the page runs.
 */
import type { FastifyHelmetOptions } from '@fastify/helmet';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const OPTIONS: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    // helmet would add `upgrade-insecure-requests`, which breaks every page an office serves over plain HTTP.
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:', 'blob:'],
      'font-src': ["'self'", 'data:'],
      'media-src': ["'self'", 'blob:'],
      'connect-src': ["'self'"],
      'manifest-src': ["'self'"],
      'worker-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
      'object-src': ["'none'"],
    },
  },
  // Told once over a generated certificate, a browser would never again offer "go on anyway" for this host.
  strictTransportSecurity: false,
  // Only valid on HTTPS and localhost; on `http://10.x.x.x` browsers fill the console with warnings.
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  referrerPolicy: { policy: 'no-referrer' },
  xFrameOptions: { action: 'deny' },
};

export async function addSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, OPTIONS);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    done();
  });
}
