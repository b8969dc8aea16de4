import { generate } from 'selfsigned';

let made: Promise<string> | null = null;

/** A certificate for the AMI's TLS port, key and certificate in one PEM text, made once per process. */
export function selfMadeCertificate(): Promise<string> {
  made ??= generate([{ name: 'commonName', value: 'pbx.test' }], { keyType: 'ec', algorithm: 'sha256' }).then(
    (pems) => `${pems.private}\n${pems.cert}\n`,
  );
  return made;
}
