/** What a person who starts the service is told. */
import { hostname } from 'node:os';
import type { Config } from '../config/config.ts';
import { DEMO_LOGIN } from './demonstration.ts';
import type { Service } from './start.ts';

export async function announce(service: Service, config: Config): Promise<readonly string[]> {
  const { port, certificate } = service;
  const here = `http://127.0.0.1:${port}`;
  const others = config.http.host === null || config.http.host === '::' || config.http.host === '0.0.0.0';
  const host = others ? hostname() : config.http.host;
  return [
    `DutyLine 值班电话记录系统: ${here}`,
    `  other machines 其他电脑: ${config.http.allowPlainHttp ? 'http' : 'https'}://${host}:${port}`,
    ...(certificate.generated ? [`  certificate 证书指纹 SHA-256: ${certificate.fingerprint}`] : []),
    ...(service.demo
      ? [
          '  DEMONSTRATION 演示: no PBX is configured (config/dutyline.yaml); all calls are invented.',
          `  log in 登录: ${DEMO_LOGIN.login} / ${DEMO_LOGIN.password}   换人 PIN: ${DEMO_LOGIN.pin}`,
        ]
      : await hintsOf(service)),
  ];
}

async function hintsOf(service: Service): Promise<readonly string[]> {
  const accounts = await service.store.accounts();
  if (accounts.some((account) => !account.disabled)) return [];
  return ['  no account yet 尚无账号: npm run -s dutyline -- user add NAME --role officer'];
}
